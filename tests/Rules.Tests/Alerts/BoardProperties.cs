using System.Globalization;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

/// <summary>Whatever rules, people and time do. Each case is a seed; one that fails prints it, and <c>FENGSUI_CASE</c> runs that case alone.</summary>
public sealed class BoardProperties
{
    private const string Policies = """
        duties:
          tiers:
            general: { due: 1m, grace: 5s, remind_every: 1m, max_reminders: 2, escalate: [{ unacknowledged: 1m, to: boss }, { undisposed: 2m, to: chief }] }
            significant: { due: 30s, remind_every: 1m, confirmations: [safety, customs] }
        noise:
          flapping: { changes: 4, within: 1m, steady_for: 15s }
          grouping: { within: 20s }
          inhibit: [{ source: major }, { source: significant, target: [general] }]
          flood: { alerts: 3, within: 20s, below: 2, up_to: major }
        """;

    private static readonly string[] Devices = ["a", "b", "c", "d", "e"];

    [Fact]
    public void A_restart_at_any_moment_changes_nothing() => ForAllSeeds(150, seed =>
    {
        var whole = Run(seed, restarts: false);
        var restarted = Run(seed, restarts: true);
        Assert.True(whole.Story.SequenceEqual(restarted.Story), $"FENGSUI_CASE={seed}: {whole.Story.Zip(restarted.Story).FirstOrDefault(pair => pair.First != pair.Second)}");
    });

    [Fact]
    public void Nothing_of_the_highest_tier_is_held_back_no_two_alerts_of_a_kind_are_open_and_each_entry_counts_on() => ForAllSeeds(150, seed =>
    {
        var board = Run(seed, restarts: false);
        var open = new Dictionary<string, string>();
        var versions = new Dictionary<string, int>();
        foreach (var (step, id, fact) in board.Log)
        {
            versions[id] = versions.GetValueOrDefault(id) + 1;
            if (step is not null)
            {
                Assert.True(step.Version == versions[id], $"FENGSUI_CASE={seed}: {step}");
                Assert.True(step.HeldBy == HoldReason.None || (step.ToldTier != Tier.CrossBorder && step.PreviousTier != Tier.CrossBorder), $"FENGSUI_CASE={seed}: {step}");
                Assert.True(open.TryAdd(step.Device, id) || open[step.Device] == id, $"FENGSUI_CASE={seed}: two of {step.Device}");
            }
            else if (fact!.Kind == AlertEventKind.Closed)
            {
                open.Remove(open.First(pair => pair.Value == id).Key);
            }
            else if (fact.Kind == AlertEventKind.Reopened)
            {
                var device = board.Board.Find(id)!.Device;
                Assert.True(open.TryAdd(device, id) || open[device] == id, $"FENGSUI_CASE={seed}: two of {device}");
            }
        }
    });

    [Fact]
    public void What_fires_and_was_held_back_is_told_in_the_end_once_nobody_speaks_for_it() => ForAllSeeds(150, seed =>
    {
        var board = Run(seed, restarts: false);

        // Time passes, shelves and floods are over; then whatever was told that it fires ends.
        board.Ticks(400, 800, 5);
        for (var round = 0; round < Devices.Length; round++)
        {
            foreach (var status in Devices.Select(device => Status(board, device)).OfType<AlertStatus>().Where(status => status is { IsFiring: true, HeldBy: HoldReason.None }).ToList())
            {
                board.Rule(900 + (round * 100), status.Device, Tier.None);
            }

            board.Ticks(901 + (round * 100), 990 + (round * 100), 10);
        }

        Assert.All(Devices.Select(device => Status(board, device)).OfType<AlertStatus>(), status =>
            Assert.True(status.HeldBy == HoldReason.None || !status.IsFiring, $"FENGSUI_CASE={seed}: {status.Device} is held back as {status.HeldBy} for ever"));
    });

    private static AlertStatus? Status(BoardScript board, string device) => board.Log.Any(entry => entry.Step?.Device == device) ? board.Of(device) : null;

    private static BoardScript Run(int seed, bool restarts)
    {
        var random = new Random(seed);
        var when = new Random(seed + 1);
        var board = new BoardScript(Policies);
        var tiers = Devices.ToDictionary(device => device, _ => Tier.None);
        for (var second = 0; second < 300; second++)
        {
            var device = Devices[random.Next(Devices.Length)];
            if (random.Next(3) > 0)
            {
                var tier = random.Next(3) == 0 ? Tier.None : (Tier)(1 + random.Next(4));
                if (tier != tiers[device])
                {
                    tiers[device] = tier;
                    board.Rule(second, device, tier, cause: random.Next(2) == 0 ? "x" : "", zone: random.Next(10) == 0 ? "y" : "z");
                }
            }

            if (random.Next(3) == 0 && Status(board, device) is not null)
            {
                var action = (AlertAction)(1 + random.Next(8));
                board.Do(second, device, action, "p" + random.Next(3).ToString(CultureInfo.InvariantCulture), random.Next(2) == 0 ? ["safety", "customs"] : ["customs"], command => command with { DurationMs = 20_000, IsFinal = random.Next(3) > 0 });
            }

            board.Tick(second);
            if (restarts && when.Next(20) == 0)
            {
                board.Restart();
            }
        }

        return board;
    }

    private static void ForAllSeeds(int cases, Action<int> check)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("FENGSUI_CASE"), CultureInfo.InvariantCulture, out var one))
        {
            check(one);
            return;
        }

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases).WithStartSize(0).WithEndSize(int.MaxValue / 2),
            Prop.ForAll(Gen.Choose(0, int.MaxValue - 2).ToArbitrary(), check));
    }
}
