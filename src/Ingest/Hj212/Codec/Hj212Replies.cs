using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fengsui.Ingest.Hj212.Codec;

/// <summary>Acknowledgements (9014) that wait until what they acknowledge is durable.</summary>
internal sealed class Hj212Replies
{
    private readonly ArrayBufferWriter<byte> _pending = new(256);
    private readonly ArrayBufferWriter<byte> _data = new(256);

    public ReadOnlyMemory<byte> Pending => _pending.WrittenMemory;

    /// <summary>Packets in <see cref="Pending"/>.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        _pending.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>Says that a packet has arrived for good. Flag 4 is version 2017, no answer wanted; ST 91 is the exchange between systems.</summary>
    public void Acknowledge(in Hj212Packet packet)
    {
        _data.ResetWrittenCount();
        _data.Write("QN="u8);
        _data.Write(packet.Number);
        _data.Write(";ST=91;CN=9014;PW="u8);
        _data.Write(packet.Password);
        _data.Write(";MN="u8);
        _data.Write(packet.Station);
        _data.Write(";Flag=4;CP=&&&&"u8);
        var data = _data.WrittenSpan;
        _pending.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{data.Length:D4}")));
        _pending.Write(data);
        _pending.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Hj212Crc.Of(data):X4}\r\n")));
        Count++;
    }
}
