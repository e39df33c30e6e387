using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// One step in the life of an alert, as its rule takes it. While an alert is open, what its rule does with the same subject goes on under its id, also when
/// the condition was gone for a while (<see cref="Episode"/>).
/// </summary>
public sealed record AlertTransition : AlertEntry
{
    private readonly string? _episode;

    /// <summary><c>{alert id}-{sequence}</c>.</summary>
    public override string Id => $"{AlertId}-{Sequence}";

    /// <summary>Steps of one alert count from 1.</summary>
    public required int Sequence { get; init; }

    public required AlertState State { get; init; }

    public required Tier PreviousTier { get; init; }

    public required int RuleSetVersion { get; init; }

    /// <summary>Event time of the reading that caused this step, ms since 1970 UTC.</summary>
    public required long EventTimeMs { get; init; }

    /// <summary>Event time at which the condition began to hold, ms since 1970 UTC.</summary>
    public required long StartTimeMs { get; init; }

    /// <summary>Why it resolved; empty otherwise.</summary>
    public required string Reason { get; init; }

    /// <summary>The metrics that the rule reads, at that moment; unknown ones are left out.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Values { get; init; }

    /// <summary>The rule's texts with their placeholders filled in.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The id that the rule alone gives: another than <see cref="AlertEntry.AlertId"/> when the condition came back while the alert was open.</summary>
    public string Episode
    {
        get => _episode ?? AlertId;
        init => _episode = value;
    }

    /// <summary>Steps of one <see cref="Episode"/> count from 1.</summary>
    public int EpisodeSequence
    {
        get => field == 0 ? Sequence : field;
        init;
    }

    public bool IsActive => State != AlertState.Resolved;

    public override Tier ToldTier => IsActive ? Tier : PreviousTier;

    /// <summary>Without what the alert log has added: what the rule alone said.</summary>
    public AlertTransition AsOfRule() => this with
    {
        AlertId = Episode,
        Sequence = EpisodeSequence,
        Episode = Episode,
        EpisodeSequence = EpisodeSequence,
        Version = 0,
        Enterprise = "",
        Audience = [],
        DueMs = null,
        HeldBy = default,
        Group = "",
        IsFirstOut = false,
    };
}
