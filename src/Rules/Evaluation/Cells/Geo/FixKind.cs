namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>How a position follows the one before.</summary>
internal enum FixKind
{
    First,
    Next,

    /// <summary>After a pause longer than <see cref="PositionCell.MaxGapMs"/>.</summary>
    AfterGap,

    /// <summary>Far from the one before, and confirmed by another there.</summary>
    Jump,
}
