using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// A line of the alert log: what a rule did (<see cref="AlertTransition"/>), or what people and time did (<see cref="AlertEvent"/>).
/// A function of the journal alone: a replay gives the same entries with the same ids.
/// </summary>
public abstract record AlertEntry
{
    /// <summary>What a receiver recognises a repeat by.</summary>
    public abstract string Id { get; }

    /// <summary>A function of rule, device or zone, and start time, see <see cref="Rules.AlertId"/>.</summary>
    public required string AlertId { get; init; }

    /// <summary>Entries of one alert count from 1: what a command states. 0 before the log has given one.</summary>
    public int Version { get; init; }

    /// <summary>Of an event: the alert's tier at that moment, and of a resolved alert the last it had.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Group and name of the rule: <c>gas-detection/CoHigh</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Whose alert it is; empty when it is the zone's own, by a rule about zones.</summary>
    public required string Device { get; init; }

    public required string Zone { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Journal time of what caused it, ms since 1970 UTC.</summary>
    public required long ReceiveTimeMs { get; init; }

    /// <summary>Where in the journal the cause stands: the end of its batch, and its entry in that batch.</summary>
    public required long JournalPosition { get; init; }

    public required int JournalIndex { get; init; }

    /// <summary>A rule on trial: logged and listed apart, and told to nobody.</summary>
    public bool IsShadow { get; init; }

    /// <summary>Who runs the zone, by <c>duties: enterprises:</c>: whose duty it is, and whom a restriction is about; may be empty.</summary>
    public string Enterprise { get; init; } = "";

    /// <summary>Who must be told, by the names that <c>duties:</c> gives them; may be empty.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>When the duty is due, ms since 1970 UTC; null when there is none.</summary>
    public long? DueMs { get; init; }

    /// <summary>Why receivers are not told; none when they are.</summary>
    public HoldReason HeldBy { get; init; }

    /// <summary>The alert that speaks for this one: the graver one, the first of its group, or the first of the flood; else empty.</summary>
    public string Group { get; init; } = "";

    /// <summary>The first alert of its operator and zone after a quiet time: what came first is often the cause.</summary>
    public bool IsFirstOut { get; init; }

    /// <summary>By a rule about zones: the subject is <see cref="Zone"/>.</summary>
    public bool IsOfZone => Device.Length == 0;

    /// <summary>What the alert is about, as people name it.</summary>
    public string Subject => IsOfZone ? Zone : Device;

    /// <summary>The tier that a receiver is chosen by: of a resolved step, the tier that it leaves.</summary>
    public abstract Tier ToldTier { get; }
}
