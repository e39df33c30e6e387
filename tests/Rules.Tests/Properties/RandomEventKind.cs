namespace Fengsui.Rules.Tests.Properties;

internal enum RandomEventKind
{
    Row,
    Tick,
    Restart,

    /// <summary>The device's clock was set; the row that follows is of the new one.</summary>
    ClockIsSet,
}
