namespace Fengsui.Rules.Alerts.Noise;

/// <summary>When an alert flaps, and when it has stopped: by the times of its own steps.</summary>
internal static class FlapClock
{
    public static bool HasBegun(AlertStatus status, FlapPolicy? policy, long nowMs) =>
        policy is not null && !status.IsFlapping && status.Changes.Count(change => change > nowMs - policy.WithinMs) >= policy.Changes;

    /// <summary>Journal time in ms; <see cref="long.MaxValue"/> when it does not flap. Without a policy it is steady at once.</summary>
    public static long SteadyMs(AlertStatus status, FlapPolicy? policy) =>
        !status.IsFlapping || status.IsClosed ? long.MaxValue : status.Changes[^1] + (policy?.SteadyMs ?? 0);
}
