namespace Fengsui.Devices.Audit;

/// <summary>How far the log has come: whoever knows a head knows everything before it.</summary>
/// <param name="Sequence">Of the newest record; 0 when there is none.</param>
/// <param name="Hash">Its hash: 64 lower-case hexadecimal digits.</param>
public readonly record struct AuditHead(long Sequence, string Hash)
{
    public static AuditHead None => new(0, AuditHash.Zero);

    /// <summary><c>SEQUENCE:HASH</c>, or the hash alone (then the sequence is −1).</summary>
    public static bool TryParse(string text, out AuditHead head)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        long sequence = -1;
        var isNumber = colon < 0 || long.TryParse(text.AsSpan(0, colon), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out sequence);
        var hash = text[(colon + 1)..].ToLowerInvariant();
        head = new AuditHead(colon < 0 ? -1 : sequence, hash);
        return isNumber && AuditHash.IsHash(hash);
    }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
