namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>Reports mistakes by offset into one expression.</summary>
internal sealed class ExpressionErrors(DiagnosticBag diagnostics, Func<int, SourceSpot> spotAt)
{
    public bool Any { get; private set; }

    public void Error(int offset, string code, string message, string expected = "")
    {
        Any = true;
        diagnostics.Error(spotAt(offset), code, message, expected);
    }

    public void Warning(int offset, string code, string message, string expected = "") =>
        diagnostics.Warning(spotAt(offset), code, message, expected);
}
