namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>
/// A part of a random expression: it prints itself as a rule would write it and evaluates itself in the most obvious way. A truth is 1 or 0; null is unknown.
/// </summary>
internal abstract class Node(params Node[] children)
{
    public abstract string Text { get; }

    public IReadOnlyList<Node> Children { get; } = children;

    public virtual bool IsTruth => false;

    /// <summary>Whether it has a unit of its own, so that arithmetic with others is refused.</summary>
    public virtual bool HasUnit => false;

    public abstract double? Value(View view);

    /// <summary>Its parts before itself.</summary>
    public IEnumerable<Node> All() => Children.SelectMany(child => child.All()).Append(this);

    protected double?[] Values(View view) => [.. Children.Select(child => child.Value(view))];

    protected static double? Truth(bool value) => value ? 1 : 0;
}
