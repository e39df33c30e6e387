using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Devices.Records;

/// <summary>Writes the fields of control records and snapshots: little-endian integers, strings as u32 length + UTF-8.</summary>
public sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _output.WrittenMemory;

    /// <summary>For a caller that writes a block of its own format between the fields.</summary>
    public IBufferWriter<byte> Raw => _output;

    public void Clear() => _output.ResetWrittenCount();

    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), value);
        _output.Advance(sizeof(int));
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output.GetSpan(sizeof(long)), value);
        _output.Advance(sizeof(long));
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void String(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, _output.GetSpan(length));
        _output.Advance(length);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _output.Write(value);
    }
}
