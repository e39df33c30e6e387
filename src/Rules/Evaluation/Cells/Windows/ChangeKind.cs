namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>What <see cref="ChangeCell"/> gives of the oldest and the newest reading of its window.</summary>
internal enum ChangeKind
{
    First,
    Last,

    /// <summary>Newest minus oldest.</summary>
    Delta,

    /// <summary>Newest minus oldest, per second between them; unknown with one reading.</summary>
    Rate,
}
