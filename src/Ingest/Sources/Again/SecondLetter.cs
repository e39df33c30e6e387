namespace Fengsui.Ingest.Sources.Again;

/// <summary>A dead letter of a source that is tried again.</summary>
/// <param name="Protocol">Of the ledger that it was counted in: <c>hj212</c>.</param>
/// <param name="Source">The source's name.</param>
/// <param name="About">What it was filed under.</param>
/// <param name="Reason">Why it was refused, by name.</param>
/// <param name="HeardMs">When it came, ms since 1970 UTC: what has no time of its own is as of then, not of now.</param>
/// <param name="IsMended">The bytes are not those that came, but what a person says should have come.</param>
public sealed record SecondLetter(string Protocol, string Source, string About, string Reason, long HeardMs, ReadOnlyMemory<byte> Bytes, bool IsMended);
