using System.Globalization;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>The 48-bit address of a Bluetooth device, in the order in which it is written.</summary>
internal readonly record struct BleAddress(ulong Value)
{
    public const int Bytes = 6;
    public const string Expected = "an address such as A4:C1:38:12:34:56";

    private const int Digits = Bytes * 2;

    /// <summary>Reads twelve hexadecimal digits, with or without <c>:</c> or <c>-</c> between the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out BleAddress address)
    {
        address = default;
        var isSpaced = text.Length == Digits + Bytes - 1;
        if (!isSpaced && text.Length != Digits)
        {
            return false;
        }

        ulong value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (isSpaced && i % 3 == 2)
            {
                if (text[i] is not ((byte)':' or (byte)'-'))
                {
                    return false;
                }

                continue;
            }

            if (!HexText.TryDigit(text[i], out var digit))
            {
                return false;
            }

            value = (value << 4) | digit;
        }

        address = new BleAddress(value);
        return true;
    }

    public static bool TryParse(string text, out BleAddress address)
    {
        Span<byte> bytes = stackalloc byte[Digits + Bytes];
        address = default;
        return System.Text.Encoding.UTF8.TryGetBytes(text, bytes, out var length) && TryParse(bytes[..length], out address);
    }

    /// <summary>Writes the six bytes as they stand in a nonce.</summary>
    public void Write(Span<byte> target)
    {
        for (var i = 0; i < Bytes; i++)
        {
            target[i] = (byte)(Value >> (8 * (Bytes - 1 - i)));
        }
    }

    /// <summary>Twelve capital digits: <c>A4C138123456</c>.</summary>
    public override string ToString() => Value.ToString("X12", CultureInfo.InvariantCulture);
}
