using System.Buffers.Binary;
using System.Security.Cryptography;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Tests.Ble;

/// <summary>A Bluetooth device that advertises BTHome v2.</summary>
internal sealed class Sender(string address, string? key = null)
{
    public const string GoldenKey = "231d39c1d7cc1ab1aee224cd096db932";
    public const string GoldenAddress = "5448E68F80A5";
    public const string GoldenFrame = "41a47266c95f730011223378237214";

    public string Address => address;

    public static Sender Golden { get; } = new(GoldenAddress, GoldenKey);

    /// <summary>Service data in hexadecimal: in the clear, or encrypted under a counter.</summary>
    public string Data(string objects, uint? counter = null) => Convert.ToHexString(Bytes(Convert.FromHexString(objects), counter));

    public byte[] Bytes(byte[] objects, uint? counter = null)
    {
        if (counter is not { } number)
        {
            return [0x40, .. objects];
        }

        var trailer = new byte[BthomeCipher.TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, number);
        byte[] nonce = [.. Convert.FromHexString(address), 0xD2, 0xFC, 0x41, .. trailer[..4]];
        var cipher = new byte[objects.Length];
        using var aes = new AesCcm(Convert.FromHexString(key!));
        aes.Encrypt(nonce, objects, cipher, trailer.AsSpan(4));
        return [0x41, .. cipher, .. trailer];
    }
}
