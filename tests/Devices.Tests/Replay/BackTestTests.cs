using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.Replay;

public sealed class BackTestTests
{
    private const long T0 = 1_700_000_000_000;

    [Fact]
    public async Task Rules_that_were_in_force_all_the_time_would_have_fired_as_they_did()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(35), parts: 3);
        var result = await RunAsync(recorded, 35);
        Assert.False(result.IsDifferent);
        var rule = Assert.Single(result.Rules);
        Assert.Equal(3, rule.Would.Count);
        Assert.Equal(rule.Did.Select(Text), rule.Would.Select(Text));
        Assert.Empty(result.Faults);
        Assert.Equal(602, result.Rows);
    }

    [Fact]
    public async Task A_lower_limit_fires_earlier_and_more_often()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(35), parts: 3);
        var rule = Assert.Single((await RunAsync(recorded, 25)).Rules);
        Assert.Equal((1, 0, 3), (rule.Added, rule.Removed, rule.Changed));
        Assert.All(rule.Differences.Where(difference => difference.Did is not null), difference => Assert.Equal(-10_000, difference.LaterMs));
        var added = Assert.Single(rule.Differences, difference => difference.Did is null);
        Assert.Equal(("probe-1", T0 + 426_000), (added.Subject, added.Would!.FiredMs));
    }

    [Fact]
    public async Task A_higher_limit_fires_later_or_not_at_all()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(25), parts: 3);
        var rule = Assert.Single((await RunAsync(recorded, 35)).Rules);
        Assert.Equal((0, 1, 3), (rule.Added, rule.Removed, rule.Changed));
        Assert.All(rule.Differences.Where(difference => difference.Would is not null), difference => Assert.Equal(10_000, difference.LaterMs));
    }

    [Fact]
    public async Task Versions_that_changed_in_the_range_are_named_and_those_before_and_after_it_are_not()
    {
        var maker = new BatchMaker();
        List<byte[]> batches = [];
        for (var version = 1; version <= 4; version++)
        {
            batches.AddRange(maker.Rules(version, Rules(30 + version), T0 + (version * 100_000)));
            batches.AddRange(maker.Row("probe", T0 + (version * 100_000), ("temperature", version)));
        }

        using var recorded = await RecordedJournal.OfAsync(batches, parts: 2);
        var all = await RunAsync(recorded, 31);
        Assert.Equal([1, 2, 3, 4], all.Versions.Select(one => one.Version));
        var part = await BackTest.RunAsync(
            new BackTestOptions { DataDirectory = recorded.Path, Rules = Rules(31), FromMs = T0 + 250_000, ToMs = T0 + 350_000 }, CancellationToken.None);
        Assert.Equal([(2, T0 + 200_000), (3, T0 + 300_000)], part.Versions);
    }

    [Fact]
    public async Task Only_what_fires_within_the_range_is_compared_and_what_began_before_it_is_known_from_the_warm_up()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(35), parts: 3);
        foreach (var warmUp in (TimeSpan[])[TimeSpan.FromHours(8), TimeSpan.FromMinutes(5)])
        {
            var result = await BackTest.RunAsync(
                new BackTestOptions { DataDirectory = recorded.Path, Rules = Rules(35), FromMs = T0 + 145_000, ToMs = T0 + 280_000, WarmUp = warmUp },
                CancellationToken.None);
            Assert.False(result.IsDifferent);
            Assert.Equal([T0 + 136_000], Assert.Single(result.Rules).Would.Select(episode => episode.FiredMs));
        }
    }

    [Fact]
    public async Task An_alert_that_fires_at_the_snapshot_where_the_run_begins_is_one_that_would_have_fired()
    {

        using var recorded = await RecordedJournal.OfAsync(Batches(35), parts: 20);
        var result = await BackTest.RunAsync(
            new BackTestOptions { DataDirectory = recorded.Path, Rules = Rules(35), FromMs = T0 + 175_000, ToMs = T0 + 185_000, WarmUp = TimeSpan.FromSeconds(1) },
            CancellationToken.None);
        Assert.InRange(result.WarmUpFromMs, T0 + 137_000, T0 + 174_000);
        Assert.False(result.IsDifferent);
        Assert.Single(Assert.Single(result.Rules).Would);
    }

    [Fact]
    public async Task A_metric_that_only_the_tried_rules_name_takes_no_id_from_those_of_the_journal()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(35), parts: 3);
        RuleFile[] rules = [new RuleFile("rules.yaml", Rules(35)[0].Text + "      - { alert: Other, expr: pressure > 3 or vibration > 3, tier: general }\n")];
        var result = await BackTest.RunAsync(new BackTestOptions { DataDirectory = recorded.Path, Rules = rules }, CancellationToken.None);
        Assert.False(result.IsDifferent);
        Assert.Empty(result.Faults);
        Assert.Equal(3, Assert.Single(result.Rules).Would.Count);
    }

    /// <summary>Two probes, a row a second for ten minutes; they warm up to 40 degrees by one in two seconds, and one once to 30.</summary>
    internal static List<byte[]> Batches(int limit)
    {
        var sandbox = new BatchMaker();
        var batches = new List<byte[]>();
        batches.AddRange(sandbox.Rules(1, Rules(limit)));
        for (var second = 0; second < 300; second++)
        {
            for (var probe = 0; probe < 2; probe++)
            {
                batches.AddRange(sandbox.Row($"probe-{probe}", T0 + second * 2_000, ("temperature", Temperature(probe, second * 2))));
                if (second == 100)
                {
                    batches.AddRange(sandbox.Row($"late-{probe}", T0 + second * 2_000, ("pressure", 1)));
                }
            }
        }

        return batches;
    }

    /// <summary>Ramps of 40 s, at seconds 100 and 400 of the first probe, 250 of the second; 400 of the second reaches 30 only.</summary>
    private static double Temperature(int probe, int second) => (probe, second) switch
    {
        (0, >= 100 and < 190) => Ramp(second - 100, 40),
        (0, >= 400 and < 490) => Ramp(second - 400, 40),
        (1, >= 250 and < 340) => Ramp(second - 250, 40),
        (1, >= 400 and < 490) => Ramp(second - 400, 30),
        _ => 0,
    };

    private static double Ramp(int second, double top) => Math.Min(top, second);

    private static string Text(AlertEpisode episode) => $"{episode.AlertId} {episode.FiredMs} {episode.EndedMs} {string.Join(' ', episode.Tiers())}";

    private static RuleFile[] Rules(int limit) =>
        [new RuleFile("rules.yaml", $"groups:\n  - name: g\n    rules:\n      - {{ alert: Hot, expr: temperature > {limit}, tier: general }}\n")];

    private static Task<BackTestResult> RunAsync(RecordedJournal recorded, int limit) =>
        BackTest.RunAsync(new BackTestOptions { DataDirectory = recorded.Path, Rules = Rules(limit) }, CancellationToken.None);
}
