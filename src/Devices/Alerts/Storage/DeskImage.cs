using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>What the desk knows of the log.</summary>
/// <param name="Commands">The events of the commands that were accepted last, oldest first.</param>
internal sealed record DeskImage(BoardImage Board, IReadOnlyList<AlertEvent> Commands);
