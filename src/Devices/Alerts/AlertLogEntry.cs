using System.Buffers;
using System.Security.Cryptography;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// A line of the alert log: the entry's JSON, a tab, the first 16 bytes of SHA-256(previous chain value + JSON) in hex, and a <c>+</c> when the
/// next line is of the same journal position. The chain shows a changed, dropped or re-ordered line.
/// </summary>
internal static class AlertLogEntry
{
    public const int ChainBytes = 16;
    private const int ChainHexLength = ChainBytes * 2;
    private const byte More = (byte)'+';

    public static void Append(ArrayBufferWriter<byte> output, AlertEntry entry, Span<byte> chain, bool hasMore)
    {
        var start = output.WrittenCount;
        AlertJson.Write(output, entry);
        Close(output, start, chain, hasMore);
    }

    /// <summary>Ends a line whose JSON begins at <paramref name="start"/>.</summary>
    public static void Close(ArrayBufferWriter<byte> output, int start, Span<byte> chain, bool hasMore)
    {
        Advance(output.WrittenSpan[start..], chain);
        var tail = output.GetSpan(ChainHexLength + 3);
        tail[0] = (byte)'\t';
        Convert.TryToHexStringLower(chain, tail[1..], out _);
        var end = ChainHexLength + 1;
        if (hasMore)
        {
            tail[end++] = More;
        }

        tail[end++] = (byte)'\n';
        output.Advance(end);
    }

    /// <summary>The JSON of a whole line (without its line feed) when the line continues <paramref name="chain"/>.</summary>
    public static bool TryVerify(ReadOnlySpan<byte> line, Span<byte> chain, out ReadOnlySpan<byte> json, out bool hasMore)
    {
        json = default;
        hasMore = line is [.., More];
        line = hasMore ? line[..^1] : line;
        var tab = line.Length - ChainHexLength - 1;
        if (tab <= 0 || line[tab] != (byte)'\t')
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[ChainBytes];
        chain.CopyTo(expected);
        Advance(line[..tab], expected);
        Span<byte> hex = stackalloc byte[ChainHexLength];
        Convert.TryToHexStringLower(expected, hex, out _);
        if (!hex.SequenceEqual(line[(tab + 1)..]))
        {
            return false;
        }

        expected.CopyTo(chain);
        json = line[..tab];
        return true;
    }

    private static void Advance(ReadOnlySpan<byte> json, Span<byte> chain)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(chain);
        hash.AppendData(json);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        digest[..ChainBytes].CopyTo(chain);
    }
}
