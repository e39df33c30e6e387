using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts;

/// <summary>
/// Where one alert stands: a fold of its entries in the alert log, and of nothing else, so that a restart finds it again. Open until a person closes it, also
/// when its condition is gone.
/// </summary>
public sealed record AlertStatus
{
    /// <summary>Steps of whose times it keeps track: the bound of what <c>flapping: changes:</c> can be.</summary>
    public const int MaxChanges = 32;

    public required string Id { get; init; }

    public required string Rule { get; init; }

    /// <summary>Empty when it is the zone's own.</summary>
    public required string Device { get; init; }

    public required string Zone { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required string Enterprise { get; init; }

    /// <summary>Alerts count from 1 in the order in which they first fired.</summary>
    public required long Number { get; init; }

    /// <summary>Journal time at which it first fired, ms since 1970 UTC.</summary>
    public required long FiredMs { get; init; }

    public int Version { get; init; }

    /// <summary>Of the newest step.</summary>
    public int Sequence { get; init; }

    /// <summary>The tier it fires at; none when its condition is gone.</summary>
    public Tier Tier { get; init; }

    /// <summary>The tier it fires at, or the last at which it did.</summary>
    public Tier LastTier { get; init; }

    /// <summary>The highest since its duty began: whose duty it is.</summary>
    public Tier DutyTier { get; init; }

    /// <summary>Empty: nobody has since <see cref="UnacknowledgedSinceMs"/>.</summary>
    public string AcknowledgedBy { get; init; } = "";

    public long UnacknowledgedSinceMs { get; init; }

    public string Assignee { get; init; } = "";

    public long? ShelvedUntilMs { get; init; }

    public bool IsBegun { get; init; }

    public IReadOnlyList<Confirmation> Confirmations { get; init; } = [];

    public bool IsDisposed { get; init; }

    public string DisposedBy { get; init; } = "";

    public string VerifiedBy { get; init; } = "";

    public bool IsClosed { get; init; }

    /// <summary>Since when somebody has to see to it, ms since 1970 UTC.</summary>
    public long DutySinceMs { get; init; }

    /// <summary>Null when there is nothing to be done.</summary>
    public long? DueMs { get; init; }

    public bool IsOverdue { get; init; }

    /// <summary>Whether the enterprise is under a restriction because of it.</summary>
    public bool IsRestricting { get; init; }

    /// <summary>When people were told last that they have to see to it, ms since 1970 UTC.</summary>
    public long RemindedMs { get; init; }

    public int Reminders { get; init; }

    /// <summary>Bit n − 1: step n of the ladder was taken.</summary>
    public uint Escalated { get; init; }

    /// <summary>Why its newest step is held back; none when receivers know where it stands.</summary>
    public HoldReason HeldBy { get; init; }

    public string Group { get; init; } = "";

    public bool IsFlapping { get; init; }

    /// <summary>Journal times of the newest steps, oldest first; at most <see cref="MaxChanges"/>.</summary>
    public IReadOnlyList<long> Changes { get; init; } = [];

    public bool IsFiring => Tier != Tier.None;

    public bool IsAcknowledged => AcknowledgedBy.Length > 0;

    public bool IsShelved => ShelvedUntilMs is not null;

    /// <summary>What the alert is about: one open alert for each of these.</summary>
    public (string Rule, bool IsZone, string Subject) Key => KeyOf(Rule, Device, Zone);

    public static (string Rule, bool IsZone, string Subject) KeyOf(string rule, string device, string zone) =>
        device.Length == 0 ? (rule, true, zone) : (rule, false, device);
}
