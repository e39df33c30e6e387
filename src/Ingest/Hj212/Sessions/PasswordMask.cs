namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>What of a packet may be kept: all but its password.</summary>
internal static class PasswordMask
{
    private static ReadOnlySpan<byte> Key => "PW="u8;

    /// <summary>The bytes with every password replaced by asterisks, in a copy; the same bytes when there is none.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf(Key) < 0)
        {
            return bytes;
        }

        var masked = bytes.ToArray();
        var at = masked.AsSpan().IndexOf(Key);
        while (at >= 0)
        {
            var value = masked.AsSpan(at + Key.Length);
            var end = value.IndexOf((byte)';');
            value = end < 0 ? value : value[..end];
            value.Fill((byte)'*');
            at += Key.Length + value.Length;
            var next = masked.AsSpan(at).IndexOf(Key);
            at = next < 0 ? -1 : at + next;
        }

        return masked;
    }
}
