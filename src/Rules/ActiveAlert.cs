using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>An alert of a device that has begun and is not resolved. <paramref name="Sequence"/> is that of its latest transition; 0 while pending.</summary>
public readonly record struct ActiveAlert(Rule Rule, Tier Tier, AlertPhase Phase, long StartTimeMs, int Sequence);
