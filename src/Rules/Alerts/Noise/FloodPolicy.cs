using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts.Noise;

/// <summary>A flood of one enterprise and zone: more than <paramref name="Alerts"/> begin within <paramref name="WithinMs"/>; over when fewer than <paramref name="Below"/> do.</summary>
/// <param name="UpTo">The gravest tier that is held back in a flood; below the highest.</param>
public sealed record FloodPolicy(int Alerts, long WithinMs, int Below, Tier UpTo);
