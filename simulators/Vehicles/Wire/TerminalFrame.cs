using System.Buffers.Binary;
using System.Globalization;

namespace Fengsui.Vehicles.Wire;

/// <summary>Writes frames as a terminal does: header, body, exclusive-or checksum, escapes, delimiters.</summary>
internal static class TerminalFrame
{
    public const int MaxBodyBytes = 1_023;

    private const byte Delimiter = 0x7E;
    private const byte Escape = 0x7D;
    private const int VersionBit = 0x4000;

    public static byte[] Write(ushort id, long phone, bool is2019, ushort serial, ReadOnlySpan<byte> body)
    {
        var digits = phone.ToString(is2019 ? "D20" : "D12", CultureInfo.InvariantCulture);
        var plain = new List<byte>(body.Length + 24);
        Add(plain, id);
        Add(plain, (ushort)(body.Length | (is2019 ? VersionBit : 0)));
        if (is2019)
        {
            plain.Add(1);
        }

        plain.AddRange(Convert.FromHexString(digits));
        Add(plain, serial);
        plain.AddRange(body);
        plain.Add(plain.Aggregate((byte)0, (sum, value) => (byte)(sum ^ value)));
        return Delimited(plain);
    }

    private static byte[] Delimited(List<byte> plain)
    {
        var frame = new List<byte>(plain.Count + 16) { Delimiter };
        foreach (var value in plain)
        {
            if (value is Delimiter or Escape)
            {
                frame.Add(Escape);
                frame.Add(value == Delimiter ? (byte)2 : (byte)1);
            }
            else
            {
                frame.Add(value);
            }
        }

        frame.Add(Delimiter);
        return [.. frame];
    }

    private static void Add(List<byte> bytes, ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, value);
        bytes.AddRange(two);
    }
}
