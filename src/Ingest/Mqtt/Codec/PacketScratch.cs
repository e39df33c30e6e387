using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Where a packet that lies in several segments is put together. One owner; holds at most one packet, so it is bounded by the packet limit.</summary>
public sealed class PacketScratch : IDisposable
{
    private const int KeptBytes = 16 * 1024;

    private byte[] _buffer = [];

    /// <summary>Copies <paramref name="source"/> (int-sized) into one span, valid until the next call.</summary>
    public ReadOnlySpan<byte> Join(scoped in ReadOnlySequence<byte> source)
    {
        var length = (int)source.Length;
        if (_buffer.Length < length || (_buffer.Length > KeptBytes && length <= KeptBytes)) Replace(length);
        source.CopyTo(_buffer);
        return _buffer.AsSpan(0, length);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Replace(int length)
    {
        Dispose();
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1024));
    }
}
