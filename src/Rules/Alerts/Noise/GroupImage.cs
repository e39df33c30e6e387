namespace Fengsui.Rules.Alerts.Noise;

/// <summary>An <see cref="AlertGroup"/> as it is kept.</summary>
/// <param name="Leader">Null: nobody speaks for the group.</param>
public sealed record GroupImage(string Zone, string Cause, string? Leader, long LeaderMs);
