using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// One step in the life of an alert, as it is logged and sent. A function of the journal and the rule set alone: a
/// replay gives the same steps with the same ids.
/// </summary>
public sealed record AlertTransition
{
    /// <summary><c>{alert id}-{sequence}</c>: what a receiver recognises a repeat by.</summary>
    public string Id => $"{AlertId}-{Sequence}";

    /// <summary>A function of rule, device or zone, and start time, see <see cref="Rules.AlertId"/>.</summary>
    public required string AlertId { get; init; }

    /// <summary>Steps of one alert count from 1.</summary>
    public required int Sequence { get; init; }

    public required AlertState State { get; init; }

    public required Tier Tier { get; init; }

    public required Tier PreviousTier { get; init; }

    /// <summary>Group and name of the rule: <c>gas-detection/CoHigh</c>.</summary>
    public required string Rule { get; init; }

    public required int RuleSetVersion { get; init; }

    /// <summary>Whose alert it is; empty when it is the zone's own, by a rule about zones.</summary>
    public required string Device { get; init; }

    public required string Zone { get; init; }

    /// <summary>Event time of the reading that caused this step, ms since 1970 UTC.</summary>
    public required long EventTimeMs { get; init; }

    /// <summary>Event time at which the condition began to hold, ms since 1970 UTC.</summary>
    public required long StartTimeMs { get; init; }

    /// <summary>When the journal received the reading that caused this step, ms since 1970 UTC.</summary>
    public required long ReceiveTimeMs { get; init; }

    /// <summary>Where in the journal the cause stands: the end of its batch, and its entry in that batch.</summary>
    public required long JournalPosition { get; init; }

    public required int JournalIndex { get; init; }

    /// <summary>Why it resolved; empty otherwise.</summary>
    public required string Reason { get; init; }

    /// <summary>The metrics that the rule reads, at that moment; unknown ones are left out.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Values { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The rule's texts with their placeholders filled in.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>A rule on trial: logged and listed apart, and told to nobody.</summary>
    public bool IsShadow { get; init; }

    /// <summary>By a rule about zones: the subject is <see cref="Zone"/>.</summary>
    public bool IsOfZone => Device.Length == 0;

    /// <summary>What the alert is about, as people name it.</summary>
    public string Subject => IsOfZone ? Zone : Device;

    public bool IsActive => State != AlertState.Resolved;
}
