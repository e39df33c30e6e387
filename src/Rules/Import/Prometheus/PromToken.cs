namespace Fengsui.Rules.Import.Prometheus;

/// <param name="Kind"><c>n</c> number, <c>d</c> duration, <c>i</c> name, <c>s</c> text, <c>o</c> sign, <c>e</c> end, <c>?</c> nothing known.</param>
internal readonly record struct PromToken(char Kind, int Start, string Text);
