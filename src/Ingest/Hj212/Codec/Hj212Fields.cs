namespace Fengsui.Ingest.Hj212.Codec;

/// <summary>Walks <c>key=value</c> pairs between separators; allocates nothing.</summary>
internal ref struct Hj212Fields(ReadOnlySpan<byte> text, byte separator)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The next pair that is not empty; false at the end. A piece without <c>=</c> is a key without a value.</summary>
    public bool TryNext(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf(separator);
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            key = equals < 0 ? pair : pair[..equals];
            value = equals < 0 ? default : pair[(equals + 1)..];
            return true;
        }

        key = value = default;
        return false;
    }
}
