namespace Fengsui.Rules;

/// <summary>A rule file as read by somebody else. <paramref name="Path"/> is what diagnostics name it by.</summary>
public sealed record RuleFile(string Path, string Text);
