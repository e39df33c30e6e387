using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>Writes the fields of the state file, little-endian, and keeps the running SHA-256 that ends it.</summary>
internal sealed class StateWriter(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _number = new byte[8];

    public long Length { get; private set; }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    public void Byte(byte value) => Bytes([value]);

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_number, value);
        Bytes(_number);
    }

    public void Block(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Bytes(bytes);
    }

    public void Text(string? value)
    {
        if (value is null) Number(-1);
        else Block(Encoding.UTF8.GetBytes(value));
    }

    public void Message(BrokerMessage message, long nowMs)
    {
        Text(message.Topic);
        Block(message.Payload);
        Byte(message.Qos);
        Flag(message.Retain);
        Block(message.Properties);
        Number(message.ExpiresAtMs == BrokerMessage.NeverExpires ? -1 : Math.Max(0, message.ExpiresAtMs - nowMs));
        Text(message.Source?.ClientId);
        Text(message.Source?.User);
    }

    public void Entry(in OutboundEntry entry, long nowMs)
    {
        Message(entry.Message, nowMs);
        Byte(entry.Qos);
        Flag(entry.Retain);
        Number(entry.Identifiers.Length);
        foreach (var identifier in entry.Identifiers) Number(identifier);
    }

    /// <summary>The checksum of everything so far; ends the file.</summary>
    public void Finish() => stream.Write(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
