using Fengsui.Rules.Model;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

/// <summary>The truth follows from the noise-free curve; every expectation here is worked out by hand.</summary>
public sealed class TruthMakerTests
{
    /// <summary>From 1 at 60 s by 0.5 a second to 41 at 140 s, and back from 180 s to 260 s.</summary>
    private const string Hill = """
        timeline:
          - { at: 1m, ramp: { of: g-1, metric: lel, by: 40, over: 80s } }
          - { at: 3m, ramp: { of: g-1, metric: lel, by: -40, over: 80s } }
        """;

    [Fact]
    public void A_law_begins_when_the_curve_has_been_beyond_the_limit_for_long_enough_and_ends_after_the_hold()
    {
        var episode = Single(Hill + Truth("above: 25, until: 20, for: 10s, hold: 30s"));

        Assert.Equal(118.5, episode.BeginMs / 1_000.0); // beyond 25 from 108.5 s on
        Assert.Equal(252.5, episode.EndMs / 1_000.0); // below 20 from 222.5 s on
        Assert.Equal((117.5, 121.5), (episode.EarliestMs / 1_000.0, episode.LatestMs / 1_000.0)); // 1 s early, 3 s late
        Assert.True(episode.IsDue);
    }

    [Fact]
    public void Give_widens_the_windows_by_what_the_slope_makes_of_it()
    {
        var episode = Single(Hill + Truth("above: 25, until: 20, give: 2"));

        Assert.Equal((103.5, 115.5), (episode.EarliestMs / 1_000.0, episode.LatestMs / 1_000.0)); // 23 at 104.5 s − 1 s; 27 at 112.5 s + 3 s
        Assert.Equal((217.5, 229.5), (episode.EndEarliestMs!.Value / 1_000.0, episode.EndLatestMs!.Value / 1_000.0)); // 22 at 218.5 s, 18 at 226.5 s
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(38, true)]
    [InlineData(40, false)]
    [InlineData(42, false)]
    public void What_comes_within_the_give_of_the_limit_may_be_told_or_not(double limit, bool isDue)
    {
        var episode = Single(Hill + Truth(FormattableString.Invariant($"above: {limit}, give: 2")));

        Assert.Equal(isDue, episode.IsDue);
    }

    [Fact]
    public void What_stays_below_or_does_not_last_is_no_episode()
    {
        Assert.Empty(Run(Hill + Truth("above: 44, give: 2")).Episodes);
        Assert.Empty(Run(Hill + Truth("above: 25, for: 2m")).Episodes);
    }

    [Fact]
    public void The_tier_is_the_highest_that_is_reached()
    {
        var surely = Single(Hill + Truth("above: 25, give: 2, tiers: [{ tier: major, limit: 35 }]"));
        var perhaps = Single(Hill + Truth("above: 25, give: 2, tiers: [{ tier: major, limit: 40 }]"));
        var never = Single(Hill + Truth("above: 25, tiers: [{ tier: major, limit: 30, for: 2m }]"));

        Assert.Equal((Tier.Major, Tier.Major), (surely.Lowest, surely.Highest));
        Assert.Equal((Tier.General, Tier.Major), (perhaps.Lowest, perhaps.Highest));
        Assert.Equal((Tier.General, Tier.General), (never.Lowest, never.Highest));
    }

    [Fact]
    public void Several_devices_together_begin_with_the_last_of_so_many_and_end_when_all_are_back()
    {
        var both = Hill + "\n  - { at: 100s, ramp: { of: g-2, metric: lel, by: 40, over: 0s } }\n  - { at: 240s, ramp: { of: g-2, metric: lel, by: -40, over: 0s } }";
        var episode = Single(both + Truth("above: 25, until: 20, devices: 2", of: "z"));

        Assert.Equal(("z", 108.5, 240.0), (episode.Subject, episode.BeginMs / 1_000.0, episode.EndMs / 1_000.0));
    }

    [Fact]
    public void A_change_is_judged_over_its_time()
    {
        var episode = Single(Hill + Truth("above: 5, until: 2, change_over: 20s"));

        Assert.Equal(70.5, episode.BeginMs / 1_000.0); // 0.5 a second: more than 5 after 10 s
        Assert.Equal(156.5, episode.EndMs / 1_000.0); // at rest since 140 s: less than 2 when less than 4 s of the slope are within
    }

    [Fact]
    public void What_is_due_so_late_that_nobody_could_tell_in_time_is_not_due_and_an_end_after_the_run_is_not_judged()
    {
        var late = Single("truth:\n  - { rule: a/B, of: g-1, tier: major, from: 4m58s, until: 4m59s, early: 0s, late: 3s }");
        var open = Single("truth:\n  - { rule: a/B, of: g-1, tier: major, from: 4m, until: 4m59s, early: 0s, late: 3s }");

        Assert.False(late.IsDue);
        Assert.Equal((true, null), (open.IsDue, open.EndMs));
    }

    private static string Truth(string law, string of = "g-1") =>
        $"\ntruth:\n  - {{ rule: a/B, of: {of}, tier: general, early: 1s, late: 3s, when: {{ metric: lel, {law} }} }}";

    private static TruthEpisode Single(string more) => Assert.Single(Run(more).Episodes);

    private static TruthRecord Run(string more) => new ScenarioRun(ScenarioText.Read(ScenarioText.With(more)), 1, 0).Truth;
}
