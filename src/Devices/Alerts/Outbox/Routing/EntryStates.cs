using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>The words by which an entry of the alert log says what happened: states of transitions and kinds of events.</summary>
public static class EntryStates
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<AlertState>().Select(state => state.Name()), .. AlertEventKindNames.All];
}
