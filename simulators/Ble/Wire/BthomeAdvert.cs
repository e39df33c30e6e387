using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fengsui.Ble.Wire;

/// <summary>Writes BTHome v2 service data, encrypted as bthome.io/encryption says, or in the clear.</summary>
internal sealed class BthomeAdvert(long address, byte[] key) : IDisposable
{
    private const int CounterBytes = 4, TagBytes = 4;
    private const byte InTheClear = 0x40, Encrypted = 0x41;

    private readonly AesCcm _aes = new(key);

    public static string Plain(ReadOnlySpan<byte> objects) => Convert.ToHexString([InTheClear, .. objects]);

    public string Encrypt(ReadOnlySpan<byte> objects, uint counter)
    {
        Span<byte> nonce = stackalloc byte[13];
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, address);
        wide[2..].CopyTo(nonce);
        nonce[6] = 0xD2;
        nonce[7] = 0xFC;
        nonce[8] = Encrypted;
        BinaryPrimitives.WriteUInt32LittleEndian(nonce[9..], counter);
        var data = new byte[1 + objects.Length + CounterBytes + TagBytes];
        data[0] = Encrypted;
        nonce[9..].CopyTo(data.AsSpan(1 + objects.Length));
        _aes.Encrypt(nonce, objects, data.AsSpan(1, objects.Length), data.AsSpan(data.Length - TagBytes));
        return Convert.ToHexString(data);
    }

    public void Dispose() => _aes.Dispose();
}
