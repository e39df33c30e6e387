using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Replay;

/// <summary>One alert from its first step to its last, put together from its transitions.</summary>
public sealed class AlertEpisode
{
    private readonly List<AlertTransition> _steps = [];

    internal AlertEpisode(AlertTransition first) => Add(first);

    public string AlertId => _steps[0].AlertId;

    public string Rule => _steps[0].Rule;

    /// <summary>The device, or the zone of a rule about zones.</summary>
    public string Subject => _steps[0].Device.Length > 0 ? _steps[0].Device : _steps[0].Zone;

    public string Zone => _steps[0].Zone;

    public bool IsShadow => _steps[0].IsShadow;

    /// <summary>In order; the first is missing when it came before what was looked at.</summary>
    public IReadOnlyList<AlertTransition> Steps => _steps;

    /// <summary>Event time at which it fired, ms since 1970 UTC.</summary>
    public long FiredMs => IsWhole ? _steps[0].EventTimeMs : _steps[0].StartTimeMs;

    /// <summary>Event time at which it resolved; null when it was still firing at the end.</summary>
    public long? EndedMs => _steps[^1].IsActive ? null : _steps[^1].EventTimeMs;

    /// <summary>Journal time at which it fired, ms since 1970 UTC.</summary>
    public long FiredReceiveMs => IsWhole ? _steps[0].ReceiveTimeMs : long.MinValue;

    /// <summary>Journal time at which it resolved; <see cref="long.MaxValue"/> when it did not.</summary>
    public long EndedReceiveMs => _steps[^1].IsActive ? long.MaxValue : _steps[^1].ReceiveTimeMs;

    public Tier HighestTier => _steps.Max(step => step.IsActive ? step.Tier : step.PreviousTier);

    private bool IsWhole => _steps[0].Sequence == 1 || _steps[0].State == AlertState.Firing;

    /// <summary>The tiers and since when (event time), in order; tier none is the end.</summary>
    public IEnumerable<(Tier Tier, long SinceMs)> Tiers() => _steps.Select(step => (step.IsActive ? step.Tier : Tier.None, step.EventTimeMs));

    /// <summary>Whether both say the same: the same tiers at the same times.</summary>
    public bool IsSame(AlertEpisode other) => FiredMs == other.FiredMs && Tiers().SequenceEqual(other.Tiers());

    /// <summary>Event time in which it fired within [from, to), ms. One that never ended counts up to the end.</summary>
    public long FiringMs(long fromMs, long toMs) => Math.Max(0, Math.Min(EndedMs ?? toMs, toMs) - Math.Max(FiredMs, fromMs));

    internal bool Overlaps(AlertEpisode other) =>
        FiredMs <= (other.EndedMs ?? long.MaxValue) && other.FiredMs <= (EndedMs ?? long.MaxValue);

    internal void Add(AlertTransition step) => _steps.Add(step);
}
