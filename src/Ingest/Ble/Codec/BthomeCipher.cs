using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>
/// The encryption of BTHome v2: AES-CCM with a key of 128 bit, a tag of 4 bytes and nothing besides. The nonce is the address (6), the UUID D2 FC, the
/// device information (1) and the counter (4). One device's; used by one thread at a time.
/// </summary>
internal sealed class BthomeCipher(byte[] key) : IDisposable
{
    public const int KeyBytes = 16;

    /// <summary>Behind the ciphertext: the counter, and the tag.</summary>
    public const int TrailerBytes = CounterBytes + TagBytes;

    private const int CounterBytes = 4, TagBytes = 4, NonceBytes = BleAddress.Bytes + 3 + CounterBytes;

    private readonly AesCcm _aes = new(key);

    /// <summary>The counter of encrypted service data, which is only to be believed once it is decrypted.</summary>
    /// <param name="serviceData">Device information, ciphertext, counter, tag.</param>
    public static uint CounterOf(ReadOnlySpan<byte> serviceData) => BinaryPrimitives.ReadUInt32LittleEndian(serviceData[^TrailerBytes..]);

    /// <summary>False when the tag does not verify: another key, another address, or altered bytes.</summary>
    /// <param name="address">The sender's.</param>
    /// <param name="serviceData">At least 1 + <see cref="TrailerBytes"/> bytes.</param>
    /// <param name="objects">Takes what is left of it without device information and trailer.</param>
    public bool TryDecrypt(BleAddress address, ReadOnlySpan<byte> serviceData, Span<byte> objects)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        address.Write(nonce);
        nonce[6] = 0xD2;
        nonce[7] = 0xFC;
        nonce[8] = serviceData[0];
        serviceData[^TrailerBytes..^TagBytes].CopyTo(nonce[9..]);
        try
        {
            _aes.Decrypt(nonce, serviceData[1..^TrailerBytes], serviceData[^TagBytes..], objects);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _aes.Dispose();
}
