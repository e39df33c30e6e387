using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fengsui.Ingest.Decoding;

/// <summary>A key as it stands in JSON, with its quotes and the colon, ready to be compared 16 bytes at once.</summary>
internal readonly struct RowKey
{
    private readonly Vector128<byte> _head;
    private readonly Vector128<byte> _headMask;
    private readonly byte[] _bytes;

    public RowKey(byte[] bytes)
    {
        Span<byte> head = stackalloc byte[Vector128<byte>.Count];
        Span<byte> mask = stackalloc byte[Vector128<byte>.Count];
        var length = Math.Min(bytes.Length, head.Length);
        head.Clear();
        mask.Clear();
        bytes.AsSpan(0, length).CopyTo(head);
        mask[..length].Fill(byte.MaxValue);
        _head = Vector128.Create<byte>(head);
        _headMask = Vector128.Create<byte>(mask);
        _bytes = bytes;
    }

    public int Length => _bytes.Length;

    /// <summary>Whether the key stands at <paramref name="at"/>, which is not beyond the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool StandsAt(ReadOnlySpan<byte> json, int at)
    {
        if (json.Length - at < Vector128<byte>.Count)
        {
            return json[at..].StartsWith(_bytes);
        }

        var there = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
        return ((there ^ _head) & _headMask) == Vector128<byte>.Zero
            && (_bytes.Length <= Vector128<byte>.Count || json[at..].StartsWith(_bytes));
    }
}
