namespace Fengsui.Devices.Replay;

/// <summary>One rule: what fired, what would have, and what differs.</summary>
public sealed record RuleComparison(
    string Rule, IReadOnlyList<AlertEpisode> Did, IReadOnlyList<AlertEpisode> Would, IReadOnlyList<AlertDifference> Differences)
{
    public int Added => Differences.Count(difference => difference.Did is null);

    public int Removed => Differences.Count(difference => difference.Would is null);

    public int Changed => Differences.Count - Added - Removed;
}
