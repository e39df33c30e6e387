namespace Fengsui.Rules.Alerts.Noise;

/// <summary>When an alert flaps: so many steps within so long; and when it is steady again: no step for so long.</summary>
public sealed record FlapPolicy(int Changes, long WithinMs, long SteadyMs);
