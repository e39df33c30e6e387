using Fengsui.Rules.Evaluation.Cells.Windows;

namespace Fengsui.Rules.Functions.Windows;

/// <summary>Functions over a sliding window of event time.</summary>
internal static class WindowFunctions
{
    public static IEnumerable<RuleFunction> All { get; } =
    [
        new AverageFunction(),
        new RecentTruthsFunction(),
        new QuantileFunction(),
        new WindowFunction("mean", true, window => new StatisticCell(Statistic.Mean, window)),
        new WindowFunction("sum", true, window => new StatisticCell(Statistic.Sum, window)),
        new WindowFunction("count", false, window => new StatisticCell(Statistic.Count, window)),
        new WindowFunction("stddev", true, window => new StatisticCell(Statistic.StandardDeviation, window)),
        new WindowFunction("min", true, window => new ExtremeCell(isMaximum: false, window)),
        new WindowFunction("max", true, window => new ExtremeCell(isMaximum: true, window)),
        new WindowFunction("first", true, window => new ChangeCell(ChangeKind.First, window)),
        new WindowFunction("delta", true, window => new ChangeCell(ChangeKind.Delta, window)),
        new WindowFunction("rate", false, window => new ChangeCell(ChangeKind.Rate, window)),
        new WindowFunction("changes", false, window => new ChangesCell(window)),
    ];
}
