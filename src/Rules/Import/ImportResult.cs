namespace Fengsui.Rules.Import;

/// <summary>What came of an import.</summary>
/// <param name="Yaml">A rule file; null when the source could not be read.</param>
/// <param name="RuleCount">Rules in it.</param>
/// <param name="Mistakes">Why the source could not be read.</param>
public sealed record ImportResult(string? Yaml, int RuleCount, IReadOnlyList<ImportNote> Notes, IReadOnlyList<Diagnostic> Mistakes)
{
    public bool HasLosses => Notes.Any(note => note.IsLoss);
}
