namespace Fengsui.Rules.Binding;

/// <param name="isState">The metric holds until it changes (a lock, a door), so that its latest value counts however old it is.</param>
internal sealed class MetricNode(string metric, bool isState = false) : NumberNode
{
    public string Metric { get; } = metric;

    public bool IsState { get; } = isState;

    public override string ToString() => IsState ? $"state `{Metric}`" : $"`{Metric}`";
}
