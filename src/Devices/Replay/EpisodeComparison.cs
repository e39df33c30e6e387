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
        MatchById(did, would, differences);
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

    /// <summary>An alert that ended and began anew at the same event time goes on under its id: each with its counterpart, in their order.</summary>
    private static void MatchById(List<AlertEpisode> did, List<AlertEpisode> would, List<AlertDifference> differences)
    {
        var byId = would.GroupBy(episode => episode.AlertId).ToDictionary(group => group.Key, group => new Queue<AlertEpisode>(group), StringComparer.Ordinal);
        var matched = new HashSet<AlertEpisode>();
        foreach (var same in did)
        {
            if (byId.TryGetValue(same.AlertId, out var others) && others.TryDequeue(out var other))
            {
                Note(same, other, differences);
                matched.Add(same);
                matched.Add(other);
            }
        }

        did.RemoveAll(matched.Contains);
        would.RemoveAll(matched.Contains);
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
