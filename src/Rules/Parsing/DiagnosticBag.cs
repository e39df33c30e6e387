namespace Fengsui.Rules.Parsing;

/// <summary>Collects every mistake of a load, up to <see cref="MaxDiagnostics"/>; later ones are only counted.</summary>
public sealed class DiagnosticBag
{
    /// <summary>Bound on what one load reports: nobody reads further, and a hostile file must not fill the memory.</summary>
    public const int MaxDiagnostics = 1000;

    private readonly List<Diagnostic> _items = [];

    public bool HasErrors { get; private set; }

    public int Suppressed { get; private set; }

    /// <summary>By file, line and column.</summary>
    public IReadOnlyList<Diagnostic> ToSortedList() =>
        [.. _items.OrderBy(item => item.File, StringComparer.Ordinal).ThenBy(item => item.Line).ThenBy(item => item.Column)];

    public void Error(SourceSpot spot, string code, string message, string expected = "") =>
        Add(spot, Severity.Error, code, message, expected);

    public void Warning(SourceSpot spot, string code, string message, string expected = "") =>
        Add(spot, Severity.Warning, code, message, expected);

    private void Add(SourceSpot spot, Severity severity, string code, string message, string expected)
    {
        HasErrors |= severity == Severity.Error;
        if (_items.Count == MaxDiagnostics)
        {
            Suppressed++;
            return;
        }

        _items.Add(new Diagnostic(spot.File, spot.Line, spot.Column, severity, code, message, expected));
    }
}
