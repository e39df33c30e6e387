using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>The devices in a batch of declarations, in order; sources, metrics and shapes are passed over.</summary>
internal static class DeviceDeclarations
{
    public static List<(int Device, DeviceFacts Facts)> Read(ReadOnlySpan<byte> batch)
    {
        var devices = new List<(int, DeviceFacts)>();
        var reader = new RecordReader(batch[1..]);
        while (!reader.AtEnd)
        {
            var kind = (DeclarationKind)reader.Byte();
            var id = reader.Int32();
            switch (kind)
            {
                case DeclarationKind.Shape:
                    for (var count = reader.Int32(); count > 0; count--)
                    {
                        reader.Int32();
                    }

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

        return devices;
    }

    public static DeviceFacts ReadFacts(ref RecordReader reader)
    {
        var type = reader.String();
        var zone = reader.String();
        var labels = new KeyValuePair<string, string>[reader.Int32()];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = new(reader.String(), reader.String());
        }

        return new DeviceFacts(type, zone, labels);
    }
}
