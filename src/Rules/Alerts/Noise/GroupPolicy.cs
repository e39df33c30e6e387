namespace Fengsui.Rules.Alerts.Noise;

/// <summary>Alerts of one zone and cause that begin within so long of the one that was told are held back behind it.</summary>
public sealed record GroupPolicy(long WithinMs);
