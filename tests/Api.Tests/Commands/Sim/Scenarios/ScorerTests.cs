using Fengsui.Rules.Model;
using Fengsui.Scenarios.Scoring;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

public sealed class ScorerTests
{
    private const string Rule = "gas/High";

    [Fact]
    public void An_alert_in_its_window_with_its_tier_and_its_end_is_right()
    {
        var score = Judge([Episode(10, 20)], [], Alert("d", 11, 21));

        Assert.Equal((1.0, 1.0, 1_000L), (score.Total.Recall, score.Total.Precision, score.Total.Delay(0.5)));
        Assert.Empty(score.Mistakes);
    }

    [Theory]
    [InlineData(7, 20, Tier.Major, "too early")]
    [InlineData(13, 20, Tier.Major, "too late")]
    [InlineData(10, 17, Tier.Major, "ended 1 s too early")]
    [InlineData(10, 23, Tier.Major, "ended 1 s too late")]
    [InlineData(10, 20, Tier.General, "reached general instead of major")]
    public void An_alert_that_is_wrong_in_time_or_tier_counts_against_recall_and_precision(int from, int to, Tier tier, string expected)
    {
        var score = Judge([Episode(10, 20)], [], Alert("d", from, to, tier));

        Assert.Equal((0.0, 0.0), (score.Total.Recall, score.Total.Precision));
        Assert.Contains(score.Mistakes, mistake => mistake.Mistake.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void An_alert_that_does_not_end_is_wrong_where_the_end_is_judged()
    {
        Assert.Equal("it did not end", Judge([Episode(10, 20)], [], Alert("d", 10, null)).Mistakes.Single().Mistake);
        Assert.Empty(Judge([Episode(10, null)], [], Alert("d", 10, null)).Mistakes);
    }

    [Fact]
    public void What_was_not_told_is_a_miss_and_what_nothing_called_for_a_false_alarm()
    {
        var score = Judge([Episode(10, 20)], [], Alert("other", 10, 20));

        Assert.Equal((1, 0, 1, 0), (score.Total.Due, score.Total.Found, score.Total.Fired, score.Total.Right));
        Assert.Equal(1 / (2 * 100 / 86_400.0), score.Total.FalseAlarmsPerDeviceDay, 6);
    }

    [Fact]
    public void A_second_alert_within_one_episode_is_a_false_alarm()
    {
        var score = Judge([Episode(10, 20)], [], Alert("d", 10, 20), Alert("d", 12, 20));

        Assert.Equal((1.0, 0.5), (score.Total.Recall, score.Total.Precision));
    }

    [Fact]
    public void An_alert_that_is_too_close_to_call_counts_neither_way()
    {
        var episode = Episode(10, 20) with { IsDue = false };

        Assert.Equal((0, 0, 1), Counts(Judge([episode], [], Alert("d", 10, 20))));
        Assert.Equal((0, 0, 0), Counts(Judge([episode], [])));

        static (int Due, int Fired, int Undecided) Counts(Score score) => (score.Total.Due, score.Total.Fired, score.Total.Undecided);
    }

    [Fact]
    public void A_quiet_while_that_is_disturbed_says_what_came_near()
    {
        var quiet = new QuietWhile(Rule, "d", 0, 50_000, "a purge stays below");

        Assert.Equal((1, 0), (Judge([], [quiet]).Total.Quiet, Judge([], [quiet]).Total.Disturbed));
        var score = Judge([], [quiet], Alert("d", 10, 20));
        Assert.Equal((1, 1, 0.0), (score.Total.Quiet, score.Total.Disturbed, score.Total.Precision));
        Assert.Contains("a purge stays below", score.Mistakes.Single().Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_of_others_and_of_other_times_are_passed_over()
    {
        var score = Judge([], [], Alert("somebody-else", 10, 20), Alert("d", 101, 102), Alert("d", -5, -1));

        Assert.Equal(0, score.Total.Fired);
    }

    [Fact]
    public void Quantiles_are_those_delays_that_the_share_does_not_exceed()
    {
        var rule = new RuleScore(Rule, 20, 20, 20, 20, 0, 0, 0, [.. Enumerable.Range(1, 20).Select(delay => (long)delay)], 1);

        Assert.Equal((10L, 19L, 20L), (rule.Delay(0.5), rule.Delay(0.95), rule.Delay(1)));
    }

    [Fact]
    public void The_truth_reads_back_from_its_file_as_it_was_written()
    {
        var truth = Truth([Episode(10, 20), Episode(30, null) with { Highest = Tier.CrossBorder, IsDue = false }], [new QuietWhile(Rule, "z", 1, 2, "近限")]);

        var read = TruthFile.Read(TruthFile.Write(truth).Split('\n'));

        Assert.Equal(truth.Episodes, read.Episodes);
        Assert.Equal(truth.Quiet, read.Quiet);
        Assert.Equal((truth.Scenario, truth.Seed, truth.FromMs, truth.ToMs, truth.IsEventTime), (read.Scenario, read.Seed, read.FromMs, read.ToMs, read.IsEventTime));
    }

    [Theory]
    [InlineData("{\"kind\":\"run\"")]
    [InlineData("{\"kind\":\"weather\"}")]
    [InlineData("{\"kind\":\"episode\",\"rule\":\"a/B\"}")]
    [InlineData("[]")]
    public void A_line_that_is_no_truth_is_named(string line) =>
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => TruthFile.Read(["", line])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_picture_is_well_formed_and_frames_mistakes()
    {
        var truth = Truth([Episode(10, 20), Episode(40, 50)], [new QuietWhile(Rule, "z", 0, 50_000, "a < b & \"c\"")]);
        var score = Scorer.Judge(truth, [Alert("d", 10, 20), Alert("z", 30, null)]);

        var picture = System.Xml.Linq.XDocument.Parse(new TimelinePicture(truth, score).Draw());

        var framed = picture.Descendants().Where(element => element.Attribute("class")?.Value == "wrong").ToList();
        Assert.Equal(3, framed.Count); // the legend's, the miss and the false alarm
        Assert.Contains(picture.Descendants(), element => element.Value.Contains("a < b & \"c\"", StringComparison.Ordinal));
    }

    private static Score Judge(IReadOnlyList<TruthEpisode> episodes, IReadOnlyList<QuietWhile> quiet, params ReceivedAlert[] alerts) =>
        Scorer.Judge(Truth(episodes, quiet), alerts);

    private static TruthRecord Truth(IReadOnlyList<TruthEpisode> episodes, IReadOnlyList<QuietWhile> quiet) => new()
    {
        Scenario = "made-up",
        Seed = 7,
        FromMs = 0,
        ToMs = 100_000,
        IsEventTime = false,
        Devices = ["d", "other"],
        Zones = ["z"],
        Episodes = episodes,
        Quiet = quiet,
    };

    private static TruthEpisode Episode(int from, int? to) => new()
    {
        Rule = Rule,
        Subject = "d",
        IsDue = true,
        Lowest = Tier.Major,
        Highest = Tier.Major,
        BeginMs = from * 1_000,
        EarliestMs = (from - 2) * 1_000,
        LatestMs = (from + 2) * 1_000,
        EndMs = to * 1_000,
        EndEarliestMs = (to - 2) * 1_000,
        EndLatestMs = (to + 2) * 1_000,
    };

    private static ReceivedAlert Alert(string device, int from, int? to, Tier tier = Tier.Major) =>
        new($"{device}-{from}", Rule, device, from * 1_000, to * 1_000L, tier, [(tier, from * 1_000)]);
}
