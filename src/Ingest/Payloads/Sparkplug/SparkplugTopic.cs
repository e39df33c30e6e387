using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary><c>spBv1.0/group/TYPE/edge[/device]</c>, cut into its levels.</summary>
internal ref struct SparkplugTopic : INameSource
{
    public ReadOnlySpan<byte> Group { get; private set; }

    public ReadOnlySpan<byte> Edge { get; private set; }

    /// <summary>Empty when the message is the node's own.</summary>
    public ReadOnlySpan<byte> Device { get; private set; }

    public SparkplugKind Kind { get; private set; }

    public readonly bool IsOfDevice => !Device.IsEmpty;

    public static SparkplugTopic Parse(ReadOnlySpan<byte> topic)
    {
        var parsed = default(SparkplugTopic);
        Level(ref topic);
        parsed.Group = Level(ref topic);
        var type = Level(ref topic);
        parsed.Edge = Level(ref topic);
        parsed.Device = Level(ref topic);
        parsed.Kind = KindOf(type, parsed.Group, parsed.IsOfDevice);
        parsed.Kind = topic.IsEmpty && (parsed.Kind == SparkplugKind.Other || !(parsed.Group.IsEmpty || parsed.Edge.IsEmpty)) ? parsed.Kind : SparkplugKind.None;
        return parsed;
    }

    public readonly int Write(in NamePart part, scoped Span<byte> target) => NameTemplate.Copy(
        part.Variable switch
        {
            NameVariable.Group => Group,
            NameVariable.Edge => Edge,
            _ => Device,
        },
        target);

    /// <summary>Writes what tells one node from another.</summary>
    public readonly bool TryKey(scoped Span<byte> target, out int length)
    {
        length = Group.Length + 1 + Edge.Length;
        if (length > target.Length)
        {
            return false;
        }

        Group.CopyTo(target);
        target[Group.Length] = (byte)'/';
        Edge.CopyTo(target[(Group.Length + 1)..]);
        return true;
    }

    private static SparkplugKind KindOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> group, bool isOfDevice)
    {
        if (group.SequenceEqual("STATE"u8) || type.SequenceEqual("NCMD"u8) || type.SequenceEqual("DCMD"u8))
        {
            return SparkplugKind.Other;
        }

        return isOfDevice
            ? type.SequenceEqual("DDATA"u8) ? SparkplugKind.DeviceData
                : type.SequenceEqual("DBIRTH"u8) ? SparkplugKind.DeviceBirth
                : type.SequenceEqual("DDEATH"u8) ? SparkplugKind.DeviceDeath
                : SparkplugKind.None
            : type.SequenceEqual("NDATA"u8) ? SparkplugKind.NodeData
                : type.SequenceEqual("NBIRTH"u8) ? SparkplugKind.NodeBirth
                : type.SequenceEqual("NDEATH"u8) ? SparkplugKind.NodeDeath
                : SparkplugKind.None;
    }

    private static ReadOnlySpan<byte> Level(scoped ref ReadOnlySpan<byte> rest)
    {
        var slash = rest.IndexOf((byte)'/');
        var level = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? default : rest[(slash + 1)..];
        return level;
    }
}
