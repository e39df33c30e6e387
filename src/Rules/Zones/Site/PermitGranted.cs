namespace Fengsui.Rules.Zones.Site;

/// <summary>Work is allowed from <paramref name="FromMs"/> until before <paramref name="ToMs"/>, Unix ms.</summary>
/// <param name="Kinds">Hot work, entry, unlocking…; free texts.</param>
/// <param name="Persons">Who may be inside; empty names nobody.</param>
public sealed record PermitGranted(string Id, IReadOnlyList<string> Kinds, IReadOnlyList<string> Persons, long FromMs, long ToMs) : SiteFact(Id)
{
    public bool Covers(long timeMs) => timeMs >= FromMs && timeMs < ToMs;
}
