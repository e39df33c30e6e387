using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What all outboxes share.</summary>
public sealed class OutboxContext
{
    /// <summary>Holds the cursors and what was set aside.</summary>
    public required string Directory { get; init; }

    public required AlertTail Tail { get; init; }

    /// <summary>The routing in force; asked for every entry.</summary>
    public required Func<Router> Router { get; init; }

    public required IDeliveryJournal Journal { get; init; }

    /// <summary>The clock of time-outs, back-off and lag; never of an alert.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Told what is wrong with files.</summary>
    public required Action<string> Told { get; init; }

    public Random Random { get; init; } = Random.Shared;

    internal long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
