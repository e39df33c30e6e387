using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>Writes a registry as the batch of declarations that would make it.</summary>
internal static class RegistryDump
{
    public static byte[] Write(DeviceRegistry registry, DeclaredCounts counts, ReadOnlySpan<DeviceFacts> facts)
    {
        var writer = new RecordWriter();
        writer.Byte((byte)BatchKind.Declarations);
        for (var id = 0; id < counts.Sources; id++)
        {
            Begin(writer, DeclarationKind.Source, id);
            writer.String(registry.Sources[id]);
        }

        for (var id = 0; id < counts.Metrics; id++)
        {
            Begin(writer, DeclarationKind.Metric, id);
            writer.String(registry.Metrics.NameOf((ushort)id));
        }

        for (var id = 0; id < counts.Shapes; id++)
        {
            Begin(writer, DeclarationKind.Shape, id);
            var metrics = registry.Shapes[id].Metrics;
            writer.Int32(metrics.Length);
            foreach (var metric in metrics)
            {
                writer.Int32(metric);
            }
        }

        for (var id = 0; id < facts.Length; id++)
        {
            Begin(writer, DeclarationKind.Device, id);
            DeviceRegistry.WriteDevice(writer, registry.Devices[id].Name, facts[id]);
        }

        return writer.Written.ToArray();
    }

    private static void Begin(RecordWriter writer, DeclarationKind kind, int id)
    {
        writer.Byte((byte)kind);
        writer.Int32(id);
    }
}
