using System.Buffers;
using System.Text;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>Writes the one command that we send: the metric <c>Node Control/Rebirth</c>, true.</summary>
internal static class SparkplugCommand
{
    public static byte[] Rebirth(long nowMs)
    {
        var metric = new ArrayBufferWriter<byte>();
        WriteBytes(metric, 1, "Node Control/Rebirth"u8);
        WriteVarint(metric, 3, (ulong)nowMs);
        WriteVarint(metric, 4, (ulong)SparkplugType.Boolean);
        WriteVarint(metric, 14, 1);
        var payload = new ArrayBufferWriter<byte>();
        WriteVarint(payload, 1, (ulong)nowMs);
        WriteBytes(payload, 2, metric.WrittenSpan);
        return payload.WrittenSpan.ToArray();
    }

    public static byte[] State(bool isOnline, long nowMs) =>
        Encoding.UTF8.GetBytes($$"""{"online":{{(isOnline ? "true" : "false")}},"timestamp":{{nowMs}}}""");

    private static void WriteVarint(ArrayBufferWriter<byte> target, int field, ulong value)
    {
        Varint(target, (ulong)(field << 3));
        Varint(target, value);
    }

    private static void WriteBytes(ArrayBufferWriter<byte> target, int field, ReadOnlySpan<byte> value)
    {
        Varint(target, (ulong)((field << 3) | (int)ProtoWire.Bytes));
        Varint(target, (ulong)value.Length);
        target.Write(value);
    }

    private static void Varint(ArrayBufferWriter<byte> target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.Write([(byte)(value | 0x80)]);
        }

        target.Write([(byte)value]);
    }
}
