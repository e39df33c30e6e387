using System.Globalization;
using Fengsui.Rules.Model;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Scenarios.Scoring;

/// <summary>
/// Compares alerts with the truth. An episode takes the first alert of its rule and subject that was raised within its window and is nobody else's; the
/// alert is right when its highest tier and its end are right too. What is left over on either side is a miss or a false alarm.
/// </summary>
public static class Scorer
{
    private const double MsPerDay = 86_400_000;

    /// <param name="truth">What truly happened.</param>
    /// <param name="alerts">What was received; alerts about others than the scenario's devices and zones are passed over.</param>
    public static Score Judge(TruthRecord truth, IReadOnlyList<ReceivedAlert> alerts)
    {
        var subjects = truth.Devices.Concat(truth.Zones).ToHashSet(StringComparer.Ordinal);
        var judged = alerts.Where(alert => subjects.Contains(alert.Subject) && alert.FiredMs >= truth.FromMs && alert.FiredMs <= truth.ToMs).ToList();
        var free = judged.ToHashSet();
        var verdicts = new List<Verdict>();
        foreach (var episode in truth.Episodes)
        {
            var alert = judged.FirstOrDefault(alert => free.Contains(alert) && IsOf(alert, episode));
            if (alert is not null)
            {
                free.Remove(alert);
                verdicts.Add(new Verdict(episode, alert, Mistake(episode, alert)));
            }
            else if (episode.IsDue)
            {
                verdicts.Add(new Verdict(episode, null, Missed(episode, judged, free)));
            }
        }

        verdicts.AddRange(judged.Where(free.Contains).Select(alert => new Verdict(null, alert, FalseAlarm(alert, truth))));
        verdicts.Sort((one, other) => Time(one).CompareTo(Time(other)));
        var deviceDays = truth.Devices.Count * (truth.ToMs - truth.FromMs) / MsPerDay;
        var rules = verdicts.Select(verdict => verdict.Rule).Concat(truth.Quiet.Select(quiet => quiet.Rule)).Distinct().Order(StringComparer.Ordinal)
            .Select(rule => Sum(rule, verdicts.FindAll(verdict => verdict.Rule == rule), [.. truth.Quiet.Where(quiet => quiet.Rule == rule)], judged, deviceDays))
            .ToList();
        return new Score(rules, RuleScore.Sum("all", rules, isSameTime: true), verdicts);
    }

    private static bool IsOf(ReceivedAlert alert, TruthEpisode episode) =>
        alert.Rule == episode.Rule && alert.Subject == episode.Subject && alert.FiredMs >= episode.EarliestMs && alert.FiredMs <= episode.LatestMs;

    private static RuleScore Sum(string rule, List<Verdict> verdicts, List<QuietWhile> quiet, List<ReceivedAlert> alerts, double deviceDays)
    {
        var due = verdicts.FindAll(verdict => verdict.Episode is { IsDue: true });
        var found = due.FindAll(verdict => verdict.IsRight);
        var undecided = verdicts.FindAll(verdict => verdict is { Episode.IsDue: false, IsRight: true });
        var fired = verdicts.Count(verdict => verdict.Alert is not null) - undecided.Count;
        return new RuleScore(
            rule,
            due.Count,
            found.Count,
            fired,
            found.Count,
            undecided.Count,
            quiet.Count,
            quiet.Count(one => alerts.Exists(alert => IsDisturbing(alert, one))),
            [.. found.Select(verdict => verdict.DelayMs!.Value).Order()],
            deviceDays);
    }

    private static string Mistake(TruthEpisode episode, ReceivedAlert alert)
    {
        if (alert.Highest < episode.Lowest || alert.Highest > episode.Highest)
        {
            var due = episode.Lowest == episode.Highest ? episode.Lowest.Name() : $"{episode.Lowest.Name()} to {episode.Highest.Name()}";
            return $"it reached {alert.Highest.Name()} instead of {due}";
        }

        if (episode is not { EndEarliestMs: { } earliest, EndLatestMs: { } latest })
        {
            return "";
        }

        return alert.EndedMs is not { } ended ? "it did not end"
            : ended < earliest ? $"it ended {Seconds(earliest - ended)} s too early"
            : ended > latest ? $"it ended {Seconds(ended - latest)} s too late"
            : "";
    }

    private static string Missed(TruthEpisode episode, List<ReceivedAlert> alerts, HashSet<ReceivedAlert> free)
    {
        var near = alerts.Find(alert => free.Contains(alert) && alert.Rule == episode.Rule && alert.Subject == episode.Subject);
        return near is null ? "it was not told"
            : near.FiredMs > episode.LatestMs ? $"it was not told in time: an alert came {Seconds(near.FiredMs - episode.LatestMs)} s too late"
            : $"it was not told in time: an alert came {Seconds(episode.EarliestMs - near.FiredMs)} s too early";
    }

    private static string FalseAlarm(ReceivedAlert alert, TruthRecord truth) =>
        truth.Quiet.FirstOrDefault(quiet => quiet.Rule == alert.Rule && IsDisturbing(alert, quiet)) is { } quiet
            ? $"a false alarm, where {quiet.Because}"
            : "a false alarm";

    private static bool IsDisturbing(ReceivedAlert alert, QuietWhile quiet) =>
        alert.Rule == quiet.Rule && alert.Subject == quiet.Subject && alert.FiredMs >= quiet.FromMs && alert.FiredMs <= quiet.UntilMs;

    private static long Time(Verdict verdict) => verdict.Episode?.BeginMs ?? verdict.Alert!.FiredMs;

    private static string Seconds(long ms) => (ms / 1_000.0).ToString("0.#", CultureInfo.InvariantCulture);
}
