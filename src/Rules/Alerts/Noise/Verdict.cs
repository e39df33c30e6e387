namespace Fengsui.Rules.Alerts.Noise;

/// <summary>Whether a step is held back, and behind which alert.</summary>
internal readonly record struct Verdict(HoldReason HeldBy, string Group)
{
    public static Verdict Told { get; } = new(HoldReason.None, "");
}
