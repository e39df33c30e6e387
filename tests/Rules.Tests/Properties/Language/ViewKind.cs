namespace Fengsui.Rules.Tests.Properties.Language;

internal enum ViewKind
{
    Row,

    /// <summary>No row: sampled metrics are unknown.</summary>
    Tick,

    /// <summary>A late row, judged by its own values alone.</summary>
    LateRow,
}
