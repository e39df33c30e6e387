namespace Fengsui.Rules.Lint;

/// <summary>One thing that a linter looks for. Never complains of what it is not sure of.</summary>
internal interface IRuleCheck
{
    void Check(LintedRule rule);
}
