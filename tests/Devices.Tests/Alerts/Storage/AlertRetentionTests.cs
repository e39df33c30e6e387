using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>A log that is kept for two hours only, and what must stay nevertheless.</summary>
public sealed class AlertRetentionTests
{
    private const string Rules = "- { alert: Hot, tier: general, expr: t > 50, tiers: [{ tier: major, expr: t > 80 }] }";

    private static readonly AlertLogOptions Short = new() { SegmentBytes = 6_000, RetainAge = TimeSpan.FromHours(2) };

    [Fact]
    public async Task Old_segments_go_and_the_story_of_an_alert_that_is_not_closed_stays_whole()
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short);
        await plant.RowAsync(1, "old", ("t", 60));
        await plant.Engine.DrainAsync(CancellationToken.None);
        var old = Assert.Single(plant.Engine.Alerts.Open());
        await MakeAlertsAsync(plant, 2, 60);
        var before = Lines(plant, old.Id);
        await AgeAsync(plant);
        Assert.True(plant.Engine.AlertLogFirst > 1, $"{plant.Engine.AlertLogFirst} of {plant.Engine.AlertLogCount}");
        Assert.True(before.Count > 0 && Lines(plant, old.Id).Take(before.Count).SequenceEqual(before));
        await plant.CrashAsync();
        Assert.Equal(old.Id, Assert.Single(plant.Engine.Alerts.Open(), alert => alert.Device == "old").Id);
        Assert.Empty(plant.Incidents);
    }

    [Fact]
    public async Task What_a_cursor_has_not_passed_stays_also_of_a_receiver_that_is_not_running()
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short);
        await MakeAlertsAsync(plant, 2, 60);
        Directory.CreateDirectory(Path.Combine(plant.DataDirectory, "outbox"));
        var cursor = Path.Combine(plant.DataDirectory, "outbox", "away.cursor");
        await File.WriteAllTextAsync(cursor, "30\n12 14\n");
        await AgeAsync(plant);
        Assert.InRange(plant.Engine.AlertLogFirst, 2, 12);
        await File.WriteAllTextAsync(cursor, "not a number");
        var held = plant.Engine.AlertLogFirst;
        await AgeAsync(plant);
        Assert.Equal(held, plant.Engine.AlertLogFirst);
        await File.WriteAllTextAsync(cursor, "40\n");
        await AgeAsync(plant);
        Assert.InRange(plant.Engine.AlertLogFirst, held + 1, 41);
    }

    [Fact]
    public async Task Nothing_goes_before_its_time()
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short with { RetainAge = TimeSpan.FromDays(30) });
        await MakeAlertsAsync(plant, 2, 60);
        await AgeAsync(plant);
        Assert.Equal(1, plant.Engine.AlertLogFirst);
    }

    [Fact]
    public async Task Beyond_its_size_the_oldest_segments_go_whatever_their_age()
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short with { RetainAge = TimeSpan.FromDays(30), RetainBytes = 20_000 });
        await MakeAlertsAsync(plant, 2, 60);
        await plant.Engine.SnapshotAsync(CancellationToken.None);
        Assert.True(plant.Engine.AlertLogFirst > 1);
        Assert.InRange(plant.Engine.AlertLogBytes, 1, 40_000);
    }

    [Fact]
    public async Task While_the_audit_log_is_not_there_to_record_it_nothing_goes()
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short);
        var options = new AuditOptions { Directory = Path.Combine(plant.DataDirectory, "audit"), Fsync = false, SyncInterval = TimeSpan.Zero };
        await MakeAlertsAsync(plant, 2, 60);
        using (var trail = AuditTrail.Open(plant.Engine, options, TimeProvider.System, _ => { }))
        {
            trail.Start("1.0");
            await trail.Log.SettledAsync(CancellationToken.None);
            Assert.Equal(plant.Engine.AlertLogCount, trail.Log.Status.Alerts);
            await trail.StopAsync("1.0", CancellationToken.None);
            await AgeAsync(plant);
            Assert.Equal(1, plant.Engine.AlertLogFirst);
        }

        await AgeAsync(plant);
        Assert.Equal(1, plant.Engine.AlertLogFirst);
        using var next = AuditTrail.Open(plant.Engine, options, TimeProvider.System, _ => { });
        await AgeAsync(plant);
        Assert.Equal(1, plant.Engine.AlertLogFirst);
        next.Start("1.0");
        await AgeAsync(plant);
        Assert.InRange(plant.Engine.AlertLogFirst, 2, plant.Engine.AlertLogCount);
        await next.Log.SettledAsync(CancellationToken.None);
        Assert.Empty(AuditVerifier.Verify(plant.DataDirectory, [], readsJournal: false, CancellationToken.None).Findings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_remembered_is_what_the_whole_log_tells(int seed)
    {
        await using var plant = await Plant.StartAsync(Rules, log: Short with { RetainAge = TimeSpan.FromDays(30) });
        await plant.Engine.RuleSets.SubmitAsync(
            [Plant.FileOf(Rules), new RuleFile("n.yaml", "noise: { flapping: { changes: 4 }, grouping: {}, flood: { alerts: 3 }, inhibit: [{ source: major }] }")], "test", CancellationToken.None);
        var random = new Random(seed);
        for (var step = 0; step < 120; step++)
        {
            await plant.RowAsync(step * 60, $"d{random.Next(6)}", ("t", random.Next(100)));
            await plant.TicksAsync((step * 60) + 1, (step * 60) + 1);
            if (random.Next(4) == 0)
            {
                await plant.Engine.DrainAsync(CancellationToken.None);
                if (plant.Engine.Alerts.Open().Count > 0)
                {
                    await plant.DoAsync((AlertAction)(1 + random.Next(8)), with: command => command with { DurationMs = 600_000, Assignee = "li" });
                }
            }
        }

        await plant.Engine.DrainAsync(CancellationToken.None);
        await plant.Engine.DisposeAsync();
        var directory = Path.Combine(plant.DataDirectory, "alerts");
        var memory = AlertMemory.Find(directory);
        Assert.NotNull(memory);
        Assert.True(memory.Place.Count > 20);
        var (whole, resumed) = (new Fold(), new Fold(memory));
        foreach (var (number, entry) in AlertHistory.Read(directory))
        {
            whole.Take(entry);
            if (number > memory.Place.Count)
            {
                resumed.Take(entry);
            }
        }

        Assert.Equal(whole.Lines(), resumed.Lines());
        await plant.RestartAsync();
    }

    /// <summary>Alerts that are over and closed, one a minute.</summary>
    private static async Task MakeAlertsAsync(Plant plant, int from, int to)
    {
        for (var minute = from; minute <= to; minute++)
        {
            await plant.RowAsync(minute * 60, $"d{minute}", ("t", 60));
            await plant.RowAsync((minute * 60) + 1, $"d{minute}", ("t", 10));
            await plant.Engine.DrainAsync(CancellationToken.None);
            await plant.Engine.AlertsKeptAsync();
        }
    }

    /// <summary>Five hours later: an entry then ends the age of what was before, and a snapshot is the time of retention.</summary>
    private static async Task AgeAsync(Plant plant)
    {
        plant.Pass(TimeSpan.FromHours(5));
        await plant.Engine.SnapshotAsync(CancellationToken.None);
    }

    private static List<string> Lines(Plant plant, string alert) =>
        [.. AlertLogFile.Read(Path.Combine(plant.DataDirectory, "alerts")).Where(entry => entry.AlertId == alert).Select(entry => Encoding.UTF8.GetString(AlertJson.ToBytes(entry)))];

    private sealed class Fold
    {
        private readonly AlertDeskCore _desk = new();
        private readonly AlertBook _alerts = new(new AlertBookOptions());

        public Fold(AlertMemory? memory = null)
        {
            if (memory is not null)
            {
                _desk.Restore(memory.Desk);
                _alerts.Restore(memory.Alerts);
            }
        }

        public void Take(AlertEntry entry)
        {
            _desk.Fold(entry);
            _alerts.Apply(entry);
        }

        /// <summary>All that is known, in an order that does not depend on tables.</summary>
        public IEnumerable<string> Lines()
        {
            using var directory = new TemporaryDirectory();
            AlertMemoryFile.Write(directory.Path, new AlertMemory(new AlertLogResume(1, 1, new byte[16]), _desk.Image(), _alerts.Image(), []));
            return [.. File.ReadAllLines(Directory.GetFiles(directory.Path).Single()).Select(line => line[..line.LastIndexOf('\t')]).Order(StringComparer.Ordinal)];
        }
    }
}
