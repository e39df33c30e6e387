using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Replay;

public sealed class ExplainerTests
{
    private const long T0 = 1_700_000_000_000;

    [Fact]
    public async Task An_alert_is_explained_by_its_steps_and_what_the_rule_read_at_each()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(Rule("for: 10s", 30)), parts: 3);
        var logged = recorded.Alerts[0];
        foreach (var id in (string[])[logged.Episode, logged.Id])
        {
            var explained = Explainer.Explain(recorded.Path, id, CancellationToken.None)!;
            Assert.True(explained.IsConfirmed);
            Assert.Empty(explained.Faults);
            Assert.Equal([TransitionKind.Pending, TransitionKind.Firing, TransitionKind.Resolved], explained.Steps.Select(step => step.Kind));
            Assert.Equal((1, "g/Hot", 4), (explained.Version.Version, explained.Rule.Id, explained.Rule.Spot.Line));
            var pending = explained.CauseOf(explained.Steps[0])!;
            Assert.Equal((T0 + 32_000, 32.0, Truth.True), (pending.EventMs, pending.Values[0], pending.Levels[0]));
            var firing = explained.CauseOf(explained.Steps[1])!;
            Assert.Equal((T0 + 42_000, 42.0), (firing.EventMs, firing.Values[0]));
            Assert.InRange(firing.Values[1], 35, 37);
            Assert.Equal("other", firing.Source);
            Assert.Contains(explained.Readings, reading => reading.EventMs < pending.EventMs && reading.Levels[0] == Truth.False);
            Assert.All(explained.Readings, reading => Assert.InRange(reading.EventMs, T0, T0 + 160_000));
        }
    }

    [Fact]
    public async Task The_version_that_was_in_force_explains_though_another_is_in_force_now()
    {
        var maker = new BatchMaker();
        List<byte[]> batches = [.. maker.Rules(1, Rule("", 30)), .. Ramp(maker, 0), .. maker.Rules(2, Rule("", 60)), .. Ramp(maker, 500)];
        using var recorded = await RecordedJournal.OfAsync(batches, parts: 4);
        var alerts = recorded.Alerts.Where(alert => alert.EpisodeSequence == 1).ToList();
        var explained = alerts.Select(alert => Explainer.Explain(recorded.Path, alert.Episode, CancellationToken.None)!).ToList();
        Assert.Equal([1, 2], explained.Select(one => one.Version.Version));
        Assert.Equal(["temperature > 30 and avg(temperature, 10s) > 0", "temperature > 60 and avg(temperature, 10s) > 0"], explained.Select(one => one.Rule.Levels[0].Expression));
        Assert.All(explained, one => Assert.True(one.IsConfirmed));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Every_alert_of_a_hostile_journal_is_explained_and_confirmed(int seed)
    {
        using var recorded = await RecordedJournal.OfAsync(JournalRunTests.Batches(seed), parts: 5);
        var ids = recorded.Alerts.Select(alert => alert.Episode).Distinct().ToList();
        Assert.True(ids.Count > 10);
        foreach (var id in ids.Where((_, index) => index % (ids.Count / 10) == 0))
        {
            var explained = Explainer.Explain(recorded.Path, id, CancellationToken.None)!;
            Assert.True(explained.IsConfirmed, id);
            Assert.All(explained.Steps.Where(step => step.Alert?.Reason != "rule-changed"), step => Assert.NotNull(explained.CauseOf(step)));
        }
    }

    [Fact]
    public async Task An_alert_that_is_not_in_the_log_has_no_explanation()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(Rule("", 30)), parts: 1);
        Assert.Null(Explainer.Explain(recorded.Path, "nope", CancellationToken.None));
    }

    [Fact]
    public async Task An_alert_from_before_the_journal_begins_cannot_be_explained()
    {
        using var recorded = await RecordedJournal.OfAsync(JournalRunTests.Batches(13), parts: 6);
        var first = recorded.Alerts[0];
        Array.ForEach(recorded.Segments[..(recorded.Segments.Length / 2)], File.Delete);
        Assert.Throws<InvalidDataException>(() => Explainer.Explain(recorded.Path, first.Episode, CancellationToken.None));
    }

    private static List<byte[]> Batches(RuleFile[] rules)
    {
        var maker = new BatchMaker();
        return [.. maker.Rules(1, rules), .. Ramp(maker, 0)];
    }

    /// <summary>A degree a second up to 70, then back at once; a row every two seconds, and other devices beside it.</summary>
    private static IEnumerable<byte[]> Ramp(BatchMaker maker, int startSecond)
    {
        for (var second = 0; second < 200; second += 2)
        {
            var value = second <= 70 ? second : 0;
            foreach (var device in (string[])["probe-1", "cold-1"])
            {
                foreach (var batch in maker.Row(device, T0 + ((startSecond + second) * 1_000), ("temperature", device == "cold-1" ? 1 : value)))
                {
                    yield return batch;
                }
            }
        }
    }

    private static RuleFile[] Rule(string duration, int limit) =>
        [new RuleFile("rules.yaml", $"groups:\n  - name: g\n    rules:\n      - alert: Hot\n        expr: temperature > {limit} and avg(temperature, 10s) > 0\n        tier: general\n        {duration}\n")];
}
