namespace Fengsui.Rules;

/// <summary>
/// One mistake in a configuration file. <paramref name="Line"/> and <paramref name="Column"/> count from 1, columns in
/// UTF-16 units. <paramref name="Expected"/> says what would have been right; empty when the message says it already.
/// </summary>
public sealed record Diagnostic(
    string File,
    int Line,
    int Column,
    Severity Severity,
    string Code,
    string Message,
    string Expected = "")
{
    public override string ToString()
    {
        var severity = Severity == Severity.Error ? "error" : "warning";
        var expected = Expected.Length == 0 ? "" : $" (expected {Expected})";
        return $"{File}:{Line}:{Column}: {severity} {Code}: {Message}{expected}";
    }
}
