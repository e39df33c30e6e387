using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Registry;

/// <summary>Interns shapes. Reads take no lock; the registry's lock orders the writes.</summary>
public sealed class ShapeTable
{
    /// <summary>
    /// Bound on distinct shapes. A gateway that shuffles its keys could make n! of them; past the bound a message is
    /// split into rows of one metric each, which costs speed and loses nothing.
    /// </summary>
    public const int MaxShapes = 65_536;

    private readonly ConcurrentDictionary<string, Shape> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Shape>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private volatile Shape[] _byId = new Shape[256];
    private volatile int _count;

    public ShapeTable()
    {
        _byChars = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _count;

    /// <summary>Only shapes of one metric may still be declared.</summary>
    public bool IsFull => _count >= MaxShapes;

    public Shape this[int id] => _byId[id];

    public Shape? Find(ReadOnlySpan<ushort> metrics) =>
        _byChars.TryGetValue(MemoryMarshal.Cast<ushort, char>(metrics), out var shape) ? shape : null;

    internal Shape Add(int id, ushort[] metrics)
    {
        if (id != _count)
        {
            throw new InvalidDataException($"shape declared as {id}, expected {_count}");
        }

        if (_count == _byId.Length)
        {
            var larger = new Shape[_count * 2];
            _byId.CopyTo(larger, 0);
            _byId = larger;
        }

        var shape = new Shape(id, metrics);
        _byId[id] = shape;
        _count = id + 1;
        _byKey[new string(MemoryMarshal.Cast<ushort, char>(metrics))] = shape;
        return shape;
    }
}
