namespace Fengsui.Devices.Replay;

/// <summary>
/// Finds for each alert that fired the one that would have: of the same rule and device, with the same id or else at an
/// overlapping time, the earliest first.
/// </summary>
internal static class EpisodeComparison
{
    /// <summary>By rule, in the order of their names.</summary>
    public static IReadOnlyList<RuleComparison> Of(IReadOnlyList<AlertEpisode> did, IReadOnlyList<AlertEpisode> would)
    {
        var rules = did.Concat(would).Select(episode => episode.Rule).Distinct().Order(StringComparer.Ordinal);
        var didBy = did.ToLookup(episode => episode.Rule);
        var wouldBy = would.ToLookup(episode => episode.Rule);
        return [.. rules.Select(rule => Compare(rule, [.. didBy[rule]], [.. wouldBy[rule]]))];
    }

    private static RuleComparison Compare(string rule, AlertEpisode[] did, AlertEpisode[] would)
    {
        var differences = new List<AlertDifference>();
        var didBy = did.ToLookup(episode => episode.Subject);
        var wouldBy = would.ToLookup(episode => episode.Subject);
        foreach (var subject in did.Concat(would).Select(episode => episode.Subject).Distinct())
        {
            Compare([.. didBy[subject].OrderBy(Order)], [.. wouldBy[subject].OrderBy(Order)], differences);
        }

        differences.Sort((a, b) => Order((a.Would ?? a.Did)!).CompareTo(Order((b.Would ?? b.Did)!)));
        return new RuleComparison(rule, did, would, differences);
    }

    /// <summary>One rule on one device: no two of either side overlap, so both can be walked together.</summary>
    private static void Compare(List<AlertEpisode> did, List<AlertEpisode> would, List<AlertDifference> differences)
    {
        var byId = would.GroupBy(episode => episode.AlertId).ToDictionary(group => group.Key, group => group.First());
        foreach (var same in did.Where(episode => byId.ContainsKey(episode.AlertId)).ToArray())
        {
            if (byId.Remove(same.AlertId, out var other))
            {
                Note(same, other, differences);
                did.Remove(same);
                would.Remove(other);
            }
        }

        var next = 0;
        foreach (var episode in would)
        {
            for (; next < did.Count && !did[next].Overlaps(episode) && did[next].FiredMs < episode.FiredMs; next++)
            {
                differences.Add(new(did[next], null));
            }

            var isMatched = next < did.Count && did[next].Overlaps(episode);
            Note(isMatched ? did[next] : null, episode, differences);
            next += isMatched ? 1 : 0;
        }

        differences.AddRange(did.Skip(next).Select(left => new AlertDifference(left, null)));
    }

    private static void Note(AlertEpisode? did, AlertEpisode would, List<AlertDifference> differences)
    {
        if (did is null || !did.IsSame(would))
        {
            differences.Add(new(did, would));
        }
    }

    private static (long FiredMs, string Subject, string Id) Order(AlertEpisode episode) => (episode.FiredMs, episode.Subject, episode.AlertId);
}
