namespace Fengsui.Ingest.Decoding;

/// <summary>
/// The name of the metric in hand, built key by key as objects nest: <c>{"gas":{"co":1}}</c> names <c>gas.co</c>. A
/// name's first bytes stay while its object is read, so an object is known by the length of its prefix.
/// </summary>
internal sealed class MetricName(int maxBytes)
{
    private readonly byte[] _bytes = new byte[maxBytes];

    public ReadOnlySpan<byte> First(int length) => _bytes.AsSpan(0, length);

    /// <summary>Writes <paramref name="key"/> behind the first <paramref name="prefix"/> bytes.</summary>
    /// <returns>Length of the name; 0 when it is empty or longer than a name may be.</returns>
    public int Append(int prefix, ReadOnlySpan<byte> key)
    {
        var at = prefix;
        var length = prefix + (prefix > 0 ? 1 : 0) + key.Length;
        if (length > _bytes.Length || key.IsEmpty)
        {
            return 0;
        }

        if (prefix > 0)
        {
            _bytes[at++] = (byte)'.';
        }

        key.CopyTo(_bytes.AsSpan(at));
        return length;
    }

    /// <summary>The metric that the position of an object goes by: the object's own name when that says so already.</summary>
    public int AppendPosition(int prefix)
    {
        var owner = First(prefix);
        return owner.SequenceEqual("position"u8) || owner.EndsWith(".position"u8)
            ? prefix
            : Append(prefix, "position"u8);
    }
}
