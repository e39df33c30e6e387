using Fengsui.Rules.Model;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;

namespace Fengsui.Scenarios.Truth;

/// <summary>
/// Says what truly happened in a run. A law is held to the noise-free curves, each limit three times: as it is, and moved by what instruments may be wrong
/// to either side. What passes the farther limit is due; what passes only the nearer one may be told or not.
/// </summary>
internal sealed class TruthMaker(World world, long startMs, bool isEventTime)
{
    private readonly Curves _curves = new(world);

    public TruthRecord Make()
    {
        var scenario = world.Scenario;
        return new TruthRecord
        {
            Scenario = scenario.Name,
            Seed = world.Seed,
            FromMs = startMs,
            ToMs = startMs + scenario.LastsMs,
            IsEventTime = isEventTime,
            Devices = [.. scenario.Devices.Select(device => device.Id)],
            Zones = [.. scenario.Zones.Select(zone => zone.Id)],
            Drawn = world.Drawn.Shown,
            Episodes = [.. scenario.Truth.SelectMany(Episodes).OrderBy(episode => episode.BeginMs).ThenBy(episode => episode.Rule, StringComparer.Ordinal).ThenBy(episode => episode.Subject, StringComparer.Ordinal)],
            Quiet = [.. scenario.Quiet.SelectMany(Quiet)],
        };
    }

    private IEnumerable<TruthEpisode> Episodes(TruthRule rule)
    {
        if (rule.When is not { } law)
        {
            return [Timed(rule)];
        }

        var devices = world.DevicesOf(rule.Of).Where(device => world.Has(device.Id, law.Metric)).Select(device => device.Id).ToList();
        if (law.Devices == 0)
        {
            return devices.SelectMany(device => Lawful(rule, law, device, _curves.Of(device, law), null));
        }

        var (rise, fall) = _curves.Together(devices, law);
        return Lawful(rule, law, world.Drawn.Word(rule.Of), rise, fall);
    }

    /// <summary>What the timeline alone decides.</summary>
    private TruthEpisode Timed(TruthRule rule)
    {
        var beginMs = rule.From!.Milliseconds(world.Drawn);
        var endMs = rule.Until?.Milliseconds(world.Drawn);
        return Episode(rule, world.Drawn.Word(rule.Of), beginMs, (beginMs, beginMs), endMs is { } end ? (end, end, end) : null, (rule.Tier, rule.Tier), true);
    }

    private IEnumerable<TruthEpisode> Lawful(TruthRule rule, Law law, string subject, double[] rise, double[]? fall)
    {
        var sign = law.IsBelow ? -1 : 1;
        var (limit, until, give) = (sign * law.Limit.Of(world.Drawn), sign * law.Until.Of(world.Drawn), law.Give.Of(world.Drawn));
        var (forMs, holdMs) = (law.For.Milliseconds(world.Drawn), law.Hold.Milliseconds(world.Drawn));
        var surely = Find(limit + give, until + give).ToList();
        var plainly = Find(limit, until).ToList();
        foreach (var perhaps in Find(limit - give, until - give))
        {
            var due = surely.Where(one => Overlap(one, perhaps)).Select(one => (Excursion?)one).FirstOrDefault();
            var plain = plainly.Where(one => Overlap(one, perhaps)).Select(one => (Excursion?)one).FirstOrDefault() ?? perhaps;
            var tiers = Tiers(rule, law, sign, give, rise, perhaps);
            var ends = due is { EndMs: { } first } && perhaps.EndMs is { } last ? (first, plain.EndMs ?? last, last) : ((long, long, long)?)null;
            yield return Episode(rule, subject, plain.DueMs, (perhaps.DueMs, due?.DueMs ?? perhaps.EndMs ?? world.Scenario.LastsMs), ends, tiers, due is not null);
        }

        IEnumerable<Excursion> Find(double above, double below) => Excursions.Find(rise, fall ?? rise, above, below, forMs, holdMs);
    }

    /// <summary>The highest tier that is surely reached within an excursion, and the highest that may be.</summary>
    private (Tier Lowest, Tier Highest) Tiers(TruthRule rule, Law law, int sign, double give, double[] rise, Excursion within)
    {
        var (lowest, highest) = (rule.Tier, rule.Tier);
        foreach (var (tier, limit, forSeconds) in law.Tiers)
        {
            var (above, forMs) = (sign * limit.Of(world.Drawn), forSeconds.Milliseconds(world.Drawn));
            lowest = Reaches(above + give, forMs) ? tier : lowest;
            highest = Reaches(above - give, forMs) ? tier : highest;
        }

        return (lowest, highest);

        bool Reaches(double above, long forMs) => Excursions.Find(rise, rise, above, above, forMs, 0).Any(one => Overlap(one, within));
    }

    private TruthEpisode Episode(
        TruthRule rule, string subject, long beginMs, (long Earliest, long Latest) begin, (long Earliest, long Plain, long Latest)? end, (Tier Lowest, Tier Highest) tiers, bool isDue)
    {
        var (earlyMs, lateMs, endLateMs) = (rule.Early.Milliseconds(world.Drawn), rule.Late.Milliseconds(world.Drawn), rule.EndLate.Milliseconds(world.Drawn));
        var lastMs = world.Scenario.LastsMs;
        var isEndJudged = end is { } given && given.Latest + endLateMs <= lastMs;
        return new TruthEpisode
        {
            Rule = rule.Rule,
            Subject = subject,
            IsDue = isDue && begin.Latest + lateMs <= lastMs,
            Lowest = tiers.Lowest,
            Highest = tiers.Highest,
            BeginMs = startMs + beginMs,
            EarliestMs = startMs + begin.Earliest - earlyMs,
            LatestMs = startMs + begin.Latest + lateMs,
            EndMs = isEndJudged ? startMs + end!.Value.Plain : null,
            EndEarliestMs = isEndJudged ? startMs + end!.Value.Earliest - earlyMs : null,
            EndLatestMs = isEndJudged ? startMs + end!.Value.Latest + endLateMs : null,
        };
    }

    /// <summary>A zone stands for itself and for each of its devices: none of them may speak.</summary>
    private IEnumerable<QuietWhile> Quiet(QuietRule rule)
    {
        var name = world.Drawn.Word(rule.Of);
        var (fromMs, untilMs) = (startMs + rule.From.Milliseconds(world.Drawn), startMs + rule.Until.Milliseconds(world.Drawn));
        return world.DevicesOf(rule.Of).Select(device => device.Id).Append(name).Distinct()
            .Select(subject => new QuietWhile(rule.Rule, subject, fromMs, untilMs, rule.Because));
    }

    private static bool Overlap(Excursion one, Excursion other) =>
        one.DueMs <= (other.EndMs ?? long.MaxValue) && other.DueMs <= (one.EndMs ?? long.MaxValue);
}
