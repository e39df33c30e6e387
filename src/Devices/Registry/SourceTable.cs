using System.Collections.Concurrent;

namespace Fengsui.Devices.Registry;

/// <summary>
/// Where readings come from: <c>mqtt/{client id}</c>, one ledger each. Random client ids must not grow it without
/// bound: past <see cref="MaxSources"/> all further ones share source 0, <c>other</c>.
/// </summary>
public sealed class SourceTable
{
    public const int MaxSources = 65_536;
    public const int Other = 0;
    public const string OtherName = "other";

    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[64];
    private volatile int _count;

    public SourceTable()
    {
        Add(Other, OtherName);
    }

    public int Count => _count;

    public bool IsFull => _count >= MaxSources;

    public string this[int id] => _names[id];

    public bool TryGet(string name, out int id) => _ids.TryGetValue(name, out id);

    internal int Add(int id, string name)
    {
        if (id != _count)
        {
            throw new InvalidDataException($"source {name} declared as {id}, expected {_count}");
        }

        if (id == _names.Length)
        {
            var larger = new string[id * 2];
            _names.CopyTo(larger, 0);
            _names = larger;
        }

        _names[id] = name;
        _count = id + 1;
        _ids[name] = id;
        return id;
    }
}
