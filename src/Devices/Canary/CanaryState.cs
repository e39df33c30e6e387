namespace Fengsui.Devices.Canary;

/// <summary>What is known of the path by its newest round.</summary>
/// <param name="Rounds">Rounds that came through.</param>
/// <param name="Missed">Rounds that did not.</param>
/// <param name="LastMs">Wall clock of the newest that came through; 0 before the first. ms since 1970 UTC.</param>
/// <param name="Took">From the first reading to the cleared alert.</param>
/// <param name="FailedAt">Where the newest round stayed; <see cref="CanaryStage.None"/> when it came through.</param>
/// <param name="Reason">Why, in a sentence; empty when it came through.</param>
public sealed record CanaryState(long Rounds, long Missed, long LastMs, TimeSpan Took, CanaryStage FailedAt, string Reason)
{
    public static CanaryState First => new(0, 0, 0, TimeSpan.Zero, CanaryStage.None, "");

    public bool IsMissing => FailedAt != CanaryStage.None;
}
