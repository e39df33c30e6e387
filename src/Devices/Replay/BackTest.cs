using System.Diagnostics;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;

namespace Fengsui.Devices.Replay;

/// <summary>Runs rules on trial over a range of a journal, and compares what would have fired with what did.</summary>
public static class BackTest
{
    /// <summary>Bound on the transitions kept, some 2 GB: rules that give more flap, which the first ones show.</summary>
    private const int MaxTransitions = 2_000_000;

    /// <param name="options">The rules must be without mistakes.</param>
    /// <exception cref="InvalidDataException">The journal has lost its beginning, and no snapshot tells what was known then.</exception>
    public static async Task<BackTestResult> RunAsync(BackTestOptions options, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var run = OptionsOf(options);
        var entries = new List<AlertEntry>();
        using var journal = new JournalRun(run, entry => Keep(entries, entry));
        await journal.RunAsync(cancellation).ConfigureAwait(false);
        var produced = entries.OfType<AlertTransition>().ToList();
        var elapsed = Stopwatch.GetElapsedTime(started);

        // Read afterwards: beside a running server the log is then at least as far as the journal was.
        var logged = AlertLogFile.ReadTransitions(Path.Combine(options.DataDirectory, "alerts"))
            .TakeWhile(transition => transition.JournalPosition <= journal.EndPosition)
            .ToList();
        var (first, last) = (journal.StartMs ?? 0, journal.EndMs ?? journal.StartMs ?? 0);
        var (from, to) = (Math.Max(options.FromMs ?? first, first), options.ToMs ?? last);
        var seeds = logged.Where(step => step.JournalPosition <= journal.StartPosition && journal.FiringAtStart.Contains(step.Episode));
        // The canary is the program's own: no rule engineer's files have it.
        var would = Within(seeds.Concat(produced).Where(IsOfPeople), from, to);
        var did = Within(logged.Where(IsOfPeople), from, to);
        return new BackTestResult
        {
            FromMs = from,
            ToMs = to,
            WarmUpFromMs = Math.Min(journal.StartMs ?? from, from),
            Rules = EpisodeComparison.Of(did, would),
            Transitions = produced,
            Entries = entries,
            IsCompared = true,
            Rows = journal.Rows,
            Readings = journal.Readings,
            Elapsed = elapsed,
            JournalEndMs = last,
            Versions = journal.Versions.Within(from, to),
            Faults = [.. journal.Faults, .. Lacks(options, journal, entries.Count)],
            Untried = [.. did.Select(alert => alert.Rule).Distinct().Except(RuleSetDiff.RulesOf(options.Rules).Rules.Select(rule => rule.Id)).Order(StringComparer.Ordinal)],
        };
    }

    private static bool IsOfPeople(AlertTransition step) => !Canary.CanaryRule.IsOwn(step.Rule);

    /// <summary>Alerts of which nobody knows what did fire, by rule.</summary>
    public static IReadOnlyList<RuleComparison> WithoutRecord(IReadOnlyList<AlertTransition> transitions)
    {
        var builder = new EpisodeBuilder();
        foreach (var transition in transitions)
        {
            builder.Add(transition);
        }

        return [.. builder.Episodes.GroupBy(episode => episode.Rule).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => new RuleComparison(rule.Key, [], [.. rule], []))];
    }

    /// <summary>Alerts that fire within [from, to] of journal time, from steps up to its end.</summary>
    private static IReadOnlyList<AlertEpisode> Within(IEnumerable<AlertTransition> steps, long fromMs, long toMs)
    {
        var builder = new EpisodeBuilder();
        foreach (var step in steps.Where(step => step.ReceiveTimeMs <= toMs))
        {
            builder.Add(step);
        }

        return [.. builder.Episodes.Where(episode => episode.EndedReceiveMs >= fromMs)];
    }

    private static void Keep(List<AlertEntry> entries, AlertEntry entry)
    {
        if (entries.Count < MaxTransitions)
        {
            entries.Add(entry);
        }
    }

    private static IEnumerable<string> Lacks(BackTestOptions options, JournalRun journal, int transitions)
    {
        if (transitions == MaxTransitions)
        {
            yield return $"the rules give more than {MaxTransitions} transitions; those after the first {MaxTransitions} are left out";
        }

        if (journal.QuarantinedRows > 0)
        {
            yield return $"the rules failed on {journal.QuarantinedRows} rows for a fault of this program";
        }

        if (options.FromMs is { } from && journal.StartMs > from)
        {
            yield return $"the journal can be replayed from {AlertJson.Time(journal.StartMs.Value)} on, which is later than the range asked for begins";
        }
    }

    private static JournalRunOptions OptionsOf(BackTestOptions options) => new()
    {
        DataDirectory = options.DataDirectory,
        Rules = new RuleSetRecord(VersionOf(options), "back-test", 0, options.Rules),
        StartMs = options.FromMs is { } from ? from - (long)options.WarmUp.TotalMilliseconds : long.MinValue,
        EndMs = options.ToMs ?? long.MaxValue,
        Shards = options.Shards,
        Progress = options.Progress,
    };

    /// <summary>The number of the version with these files, so that unchanged rules give the very same alerts; else the one that they would get.</summary>
    private static int VersionOf(BackTestOptions options)
    {
        var store = new VersionStore(Path.Combine(options.DataDirectory, "rules"));
        var numbers = store.Numbers();
        foreach (var version in numbers.Reverse())
        {
            if (store.Find(version)?.Files.SequenceEqual(options.Rules) == true)
            {
                return version;
            }
        }

        return numbers.Count == 0 ? 1 : numbers[^1] + 1;
    }
}
