using Fengsui.Rules.Model;

namespace Fengsui.Rules.Testing;

/// <summary>An alert that is firing in a test.</summary>
public sealed record TestAlert(
    string Rule,
    string Subject,
    Tier Tier,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations);
