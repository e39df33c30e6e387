using System.IO.Compression;

namespace Fengsui.Ingest.Http;

/// <summary>Reads the body of a request whole, decompressed, and never more of it than it may have.</summary>
internal sealed class BodyReader
{
    private const int FirstBytes = 64 << 10;

    /// <summary>A larger buffer is given back after its request, so that one large request does not hold memory for good.</summary>
    private const int KeptBytes = 1 << 20;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, _length);

    /// <param name="body">As it arrives.</param>
    /// <param name="encoding"><c>Content-Encoding</c>; empty for none.</param>
    /// <param name="maxBytes">Of the body after decompression.</param>
    public async ValueTask<BodyFault> ReadAsync(Stream body, string encoding, int maxBytes, CancellationToken cancellation)
    {
        _length = 0;
        switch (encoding.ToLowerInvariant())
        {
            case "" or "identity":
                return await FillAsync(body, maxBytes, cancellation).ConfigureAwait(false);
            case "gzip":
                await using (var plain = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true))
                {
                    return await UnpackAsync(plain, maxBytes, cancellation).ConfigureAwait(false);
                }

            default:
                return BodyFault.UnknownEncoding;
        }
    }

    /// <summary>Gives back what a large body took.</summary>
    public void Clear()
    {
        _length = 0;
        _bytes = _bytes.Length > KeptBytes ? [] : _bytes;
    }

    private async ValueTask<BodyFault> UnpackAsync(GZipStream plain, int maxBytes, CancellationToken cancellation)
    {
        try
        {
            return await FillAsync(plain, maxBytes, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return BodyFault.Damaged;
        }
    }

    private async ValueTask<BodyFault> FillAsync(Stream body, int maxBytes, CancellationToken cancellation)
    {
        while (true)
        {
            if (_length == _bytes.Length)
            {
                // One byte more than may be, to see that there is one.
                Array.Resize(ref _bytes, (int)Math.Min(Math.Max(FirstBytes, _bytes.Length * 2L), maxBytes + 1L));
            }

            var read = await body.ReadAsync(_bytes.AsMemory(_length), cancellation).ConfigureAwait(false);
            _length += read;
            if (read == 0 || _length > maxBytes)
            {
                return _length > maxBytes ? BodyFault.TooLarge : BodyFault.None;
            }
        }
    }
}
