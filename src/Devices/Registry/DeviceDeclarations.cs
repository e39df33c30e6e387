using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>What a shard needs of a batch of declarations: the devices in order, and how much is declared after it.</summary>
internal static class DeviceDeclarations
{
    /// <exception cref="InvalidDataException">The batch is damaged; <paramref name="counts"/> is as before.</exception>
    public static List<(int Device, DeviceFacts Facts)> Read(ReadOnlySpan<byte> batch, ref DeclaredCounts counts)
    {
        var devices = new List<(int, DeviceFacts)>();
        var after = counts;
        var reader = new RecordReader(batch[1..]);
        while (!reader.AtEnd)
        {
            var kind = (DeclarationKind)reader.Byte();
            var id = DeclarationLimits.Check(kind, reader.Int32(), after);
            after = after.With(kind, id);
            switch (kind)
            {
                case DeclarationKind.Shape:
                    ReadShape(ref reader);
                    break;
                case DeclarationKind.Device:
                    reader.Bytes();
                    devices.Add((id, ReadFacts(ref reader)));
                    break;
                default:
                    reader.Bytes();
                    break;
            }
        }

        counts = after;
        return devices;
    }

    public static ushort[] ReadShape(ref RecordReader reader)
    {
        var metrics = new ushort[reader.Count(sizeof(int))];
        for (var i = 0; i < metrics.Length; i++)
        {
            var metric = reader.Int32();
            metrics[i] = (uint)metric <= ushort.MaxValue
                ? (ushort)metric
                : throw new InvalidDataException($"a shape holds metric {metric}");
        }

        return metrics;
    }

    public static DeviceFacts ReadFacts(ref RecordReader reader)
    {
        var type = reader.String();
        var zone = reader.String();
        var labels = new KeyValuePair<string, string>[reader.Count(2 * sizeof(int))];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = new(reader.String(), reader.String());
        }

        return new DeviceFacts(type, zone, labels);
    }
}
