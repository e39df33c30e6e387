namespace Fengsui.Rules.Model;

/// <summary>
/// The metrics of one row of readings, in the order in which their values stand. Gateways send the same few shapes for
/// ever, so a row carries a shape id instead of a metric id beside each value.
/// </summary>
public sealed class Shape(int id, ushort[] metrics)
{
    /// <summary>Bound on the readings of one row; a longer message is split into several rows.</summary>
    public const int MaxMetrics = 256;

    public int Id { get; } = id;

    /// <summary>Metric ids, each at most once.</summary>
    public ushort[] Metrics { get; } = metrics;

    public int Count => Metrics.Length;
}
