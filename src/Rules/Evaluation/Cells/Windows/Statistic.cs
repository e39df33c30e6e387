namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>What <see cref="StatisticCell"/> gives of the readings in its window.</summary>
internal enum Statistic
{
    Count,
    Sum,
    Mean,

    /// <summary>Of the population: divided by the count.</summary>
    StandardDeviation,
}
