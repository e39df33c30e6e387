using System.Text;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Registry;

/// <summary>
/// One thing with an id that reports. The id, <see cref="Name"/> and its bytes never change; type, zone and labels
/// change only through a declaration in the journal, which replaces <see cref="Facts"/>.
/// </summary>
public sealed class Device(int id, string name, DeviceFacts facts)
{
    private volatile DeviceFacts _facts = facts;

    /// <summary>Interned, dense from 0.</summary>
    public int Id { get; } = id;

    public string Name { get; } = name;

    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(name);

    public DeviceFacts Facts
    {
        get => _facts;
        internal set => _facts = value;
    }

    /// <summary>
    /// The shape of a recent message: where a decoder begins to guess. Written without a lock by whoever decoded last; a
    /// stale guess costs time, never correctness.
    /// </summary>
    public Shape? LikelyShape { get; private set; }

    /// <summary>The likely shape before that one: many devices send two kinds of message in turn.</summary>
    public Shape? OtherShape { get; private set; }

    /// <summary>Metric names that nobody had used before this device did, since the process started.</summary>
    internal int NewMetrics { get; set; }

    /// <summary>Remembers a shape that neither guess had.</summary>
    public void Remember(Shape shape)
    {
        if (!ReferenceEquals(shape, LikelyShape))
        {
            OtherShape = LikelyShape;
            LikelyShape = shape;
        }
    }
}
