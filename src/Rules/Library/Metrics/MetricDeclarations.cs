namespace Fengsui.Rules.Library.Metrics;

/// <summary>The declared metrics of a rule set.</summary>
internal sealed class MetricDeclarations(IReadOnlyDictionary<string, MetricDeclaration> byName)
{
    public static MetricDeclarations Empty { get; } = new(new Dictionary<string, MetricDeclaration>());

    public IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>By the whole name, else by the last part of a dotted one, so that <c>rear.flow</c> is declared by <c>flow</c>.</summary>
    public MetricDeclaration? Find(string metric) =>
        byName.GetValueOrDefault(metric) ?? byName.GetValueOrDefault(metric[(metric.LastIndexOf('.') + 1)..]);
}
