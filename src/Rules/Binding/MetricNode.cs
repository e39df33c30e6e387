namespace Fengsui.Rules.Binding;

internal sealed class MetricNode(string metric) : NumberNode
{
    public string Metric { get; } = metric;

    public override string ToString() => $"`{Metric}`";

    public override void CollectMetrics(ISet<string> metrics) => metrics.Add(Metric);
}
