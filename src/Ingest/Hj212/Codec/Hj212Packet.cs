using System.Buffers.Text;

namespace Fengsui.Ingest.Hj212.Codec;

/// <summary>The data of one packet: <c>QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;PNUM=…;PNO=…;CP=&amp;&amp;…&amp;&amp;</c>.</summary>
internal ref struct Hj212Packet
{
    private const int AckBit = 1;
    private const int SplitBit = 2;

    /// <summary>A request's number has 17 digits, a station's 24 characters, a password 6 to 9; some senders write more.</summary>
    private const int MaxNameBytes = 64;

    /// <summary>The number of the request, <c>yyyyMMddHHmmsszzz</c>; a reply repeats it.</summary>
    public ReadOnlySpan<byte> Number { readonly get; private set; }

    /// <summary>The command code; 0 when there is none.</summary>
    public int Command { readonly get; private set; }

    public ReadOnlySpan<byte> Password { readonly get; private set; }

    /// <summary>The number of the station.</summary>
    public ReadOnlySpan<byte> Station { readonly get; private set; }

    public int Flags { readonly get; private set; }

    /// <summary>Packets that the message was split into, and which of them this is.</summary>
    public int Parts { readonly get; private set; }

    public int Part { readonly get; private set; }

    /// <summary>Between the ampersands.</summary>
    public ReadOnlySpan<byte> Content { readonly get; private set; }

    public readonly bool WantsAnswer => (Flags & AckBit) != 0;

    public readonly bool IsSplit => (Flags & SplitBit) != 0;

    /// <summary>False when what every packet must say is missing: station, command and content, and for a part its place.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Hj212Packet packet)
    {
        packet = default;
        var content = data.IndexOf("CP=&&"u8);
        if (content < 0)
        {
            return false;
        }

        var inner = data[(content + 5)..];
        var end = inner.IndexOf("&&"u8);
        var fields = new Hj212Fields(data[..content], (byte)';');
        packet = new Hj212Packet { Content = end < 0 ? default : inner[..end] };
        while (fields.TryNext(out var key, out var value))
        {
            packet.Set(key, value);
        }

        var isPlaced = !packet.IsSplit || (packet.Part >= 1 && packet.Part <= packet.Parts);
        var isShort = packet.Number.Length <= MaxNameBytes && packet.Password.Length <= MaxNameBytes && packet.Station.Length <= MaxNameBytes;
        return end >= 0 && isPlaced && isShort && packet.Command > 0 && !packet.Station.IsEmpty;
    }

    private void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("QN"u8))
        {
            Number = value;
        }
        else if (key.SequenceEqual("MN"u8))
        {
            Station = value;
        }
        else if (key.SequenceEqual("PW"u8))
        {
            Password = value;
        }
        else
        {
            SetNumber(key, value);
        }
    }

    private void SetNumber(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // What is no number is as good as missing.
        var number = Utf8Parser.TryParse(value, out int parsed, out var used) && used == value.Length ? parsed : 0;
        if (key.SequenceEqual("CN"u8))
        {
            Command = number;
        }
        else if (key.SequenceEqual("Flag"u8))
        {
            Flags = number;
        }
        else if (key.SequenceEqual("PNUM"u8))
        {
            Parts = number;
        }
        else if (key.SequenceEqual("PNO"u8))
        {
            Part = number;
        }
    }
}
