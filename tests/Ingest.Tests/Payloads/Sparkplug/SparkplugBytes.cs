using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Ingest.Tests.Payloads.Sparkplug;

/// <summary>Writes Sparkplug messages by hand from the public schema's field numbers, so that nothing here shares an error with the reader.</summary>
internal sealed class SparkplugBytes
{
    private readonly List<byte> _bytes = [];

    public static byte[] Message(int sequence, long? timestamp, params SparkplugBytes[] metrics)
    {
        var message = new SparkplugBytes();
        if (timestamp is { } ms)
        {
            message.Number(1, (ulong)ms);
        }

        foreach (var metric in metrics)
        {
            message.Bytes(2, [.. metric._bytes]);
        }

        return [.. message.Number(3, (ulong)sequence)._bytes];
    }

    /// <summary>As a birth declares it.</summary>
    public static SparkplugBytes Metric(string name, int type, ulong? alias = null)
    {
        var metric = new SparkplugBytes().Bytes(1, Encoding.UTF8.GetBytes(name));
        return (alias is { } number ? metric.Number(2, number) : metric).Number(4, (ulong)type);
    }

    public static SparkplugBytes Alias(ulong alias) => new SparkplugBytes().Number(2, alias);

    public static SparkplugBytes BirthNumber(ulong number) => Metric("bdSeq", 8).Number(11, number);

    public SparkplugBytes At(long ms) => Number(3, (ulong)ms);

    public SparkplugBytes Null() => Number(7, 1);

    public SparkplugBytes Int(uint bits) => Number(10, bits);

    public SparkplugBytes Long(ulong bits) => Number(11, bits);

    public SparkplugBytes Float(float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange([.. Varint((12 << 3) | 5), .. bytes]);
        return this;
    }

    public SparkplugBytes Double(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.AddRange([.. Varint((13 << 3) | 1), .. bytes]);
        return this;
    }

    public SparkplugBytes Boolean(bool value) => Number(14, value ? 1u : 0);

    public SparkplugBytes Text(string value) => Bytes(15, Encoding.UTF8.GetBytes(value));

    /// <summary>The property <c>Quality</c>, behind another property.</summary>
    public SparkplugBytes Quality(uint code)
    {
        var other = new SparkplugBytes().Number(1, 12).Bytes(8, "kPa"u8.ToArray());
        var quality = new SparkplugBytes().Number(1, 3).Number(3, code);
        var set = new SparkplugBytes().Bytes(1, "engUnit"u8.ToArray()).Bytes(1, "Quality"u8.ToArray()).Bytes(2, [.. other._bytes]).Bytes(2, [.. quality._bytes]);
        return Bytes(9, [.. set._bytes]);
    }

    public SparkplugBytes Number(int field, ulong value)
    {
        _bytes.AddRange([.. Varint((ulong)field << 3), .. Varint(value)]);
        return this;
    }

    public SparkplugBytes Bytes(int field, byte[] value)
    {
        _bytes.AddRange([.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value]);
        return this;
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((value & 0x7F) | (value > 0x7F ? 0x80u : 0)));
            value >>= 7;
        }
        while (value > 0);
        return [.. bytes];
    }
}
