using Fengsui.Devices.Audit;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Devices.Tests.Audit;

/// <summary>The audit log of a real engine: what it takes from the journal, and its anchors there.</summary>
public sealed class AuditTrailTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FrozenTime _time = new();
    private readonly List<string> _reports = [];

    private string Folder => _directory.Of(AuditFiles.Folder);

    [Fact]
    public async Task Rule_sets_and_commands_of_the_journal_are_on_record_once_however_often_it_is_read()
    {
        for (var run = 0; run < 3; run++)
        {
            await RunAsync(async engine => await engine.Site.SubmitAsync("key-7", "north", new PermitRevoked("p" + run), CancellationToken.None));
            File.Delete(Path.Combine(Folder, "journal.place"));
        }

        var commands = AuditFiles.Read(Folder).Where(entry => entry.Record.Kind == AuditKind.Command).ToList();
        Assert.Equal(["p0", "p1", "p2"], commands.Select(entry => StoryDetail.Text(entry, "id")));
        Assert.All(commands, entry => Assert.Equal(("key-7", "north"), (entry.Record.Actor, entry.Record.Subject)));
        var found = Verify();
        Assert.Empty(found.Findings);
        Assert.Equal(found.Head.Sequence, found.VouchedFor);
    }

    [Fact]
    public async Task A_log_that_was_cut_while_nobody_watched_is_found_by_verifying_and_at_the_next_start()
    {
        await RunAsync(_ => Task.CompletedTask);
        await RunAsync(_ => Task.CompletedTask);
        Cut();
        Assert.Contains(Verify().Findings, finding => finding.Kind == AuditFindingKind.CutShort);
        await RunAsync(_ => Task.CompletedTask, isDamaged: true);
        Assert.Contains("the log was", Assert.Single(_reports), StringComparison.Ordinal);
        Assert.Contains(AuditFiles.Read(Folder), entry => entry.Record.Kind == AuditKind.Loss);
    }

    [Fact]
    public async Task A_command_about_an_alert_that_was_not_done_is_on_record_as_asked_and_as_refused()
    {
        var command = new AlertCommand { Id = "c1", AlertId = "no-such", ExpectedVersion = 1, Action = AlertAction.Acknowledge, Note = "seen" };
        await RunAsync(async engine => await engine.AlertDesk.SubmitAsync(command, "wang", ["operator"], CancellationToken.None));
        var asked = Assert.Single(AuditFiles.Read(Folder), entry => entry.Record.Kind == AuditKind.Command);
        Assert.Equal(("acknowledge", "c1", "wang", "no-such"), (StoryDetail.Text(asked, "command"), StoryDetail.Text(asked, "id"), asked.Record.Actor, asked.Record.Subject));
        var refused = Assert.Single(AuditFiles.Read(Folder), entry => entry.Record.Kind == AuditKind.CommandRefused);
        Assert.Equal(("not-found", "c1", "wang"), (StoryDetail.Text(refused, "outcome"), StoryDetail.Text(refused, "id"), refused.Record.Actor));
    }

    [Fact]
    public async Task A_rule_set_that_was_refused_is_on_record_with_who_what_and_why()
    {
        RuleFile[] wrong = [new("a.yaml", "groups: 7\n")];
        RuleFile[] right = [new("a.yaml", "groups:\n  - name: g\n    rules:\n      - { alert: A, tier: major, expr: co > 1 }\n")];
        await RunAsync(async engine =>
        {
            await engine.RuleSets.SubmitAsync(new RuleSetChange(wrong, "li", RuleSetOrigins.Api) { Comment = "a try" }, CancellationToken.None);
            await engine.RuleSets.SubmitAsync(new RuleSetChange(right, "wang", RuleSetOrigins.Api) { BasedOn = 7 }, CancellationToken.None);
            Assert.True((await engine.RuleSets.SubmitAsync(right, "wang", CancellationToken.None)).Accepted);
            await engine.RuleSets.SubmitAsync(new RuleSetChange([new("a.yaml", "groups: []\n")], "li", RuleSetOrigins.Api), CancellationToken.None);
            await engine.RuleSets.RollbackAsync(99, "li", "", CancellationToken.None);
            await engine.RuleSets.ShadowAsync(["g/B"], true, "li", "", CancellationToken.None);
            await engine.RuleSets.SubmitConfigAsync(wrong, CancellationToken.None);
        });
        var refused = AuditFiles.Read(Folder).Where(entry => entry.Record.Kind == AuditKind.RulesRefused).ToList();
        Assert.Equal(["li", "wang", "li", "li", "li", "config"], refused.Select(entry => entry.Record.Actor));
        Assert.Equal(["mistakes", "conflict", "conflict", "refused", "refused", "mistakes"], refused.Select(entry => StoryDetail.Text(entry, "outcome")));
        Assert.Equal(["api", "api", "api", "rollback", "shadow", "config"], refused.Select(entry => StoryDetail.Text(entry, "origin")));
        Assert.Contains("a.yaml:1:9", System.Text.Encoding.UTF8.GetString(refused[0].Record.Detail.Span), StringComparison.Ordinal);
        Assert.Equal(RuleSet.FingerprintOf(wrong), StoryDetail.Text(refused[0], "rules_sha256"));
        Assert.Contains("not 7", StoryDetail.Text(refused[1], "reason"), StringComparison.Ordinal);
        Assert.Contains("g/A", StoryDetail.Text(refused[2], "reason"), StringComparison.Ordinal);
        Assert.Contains("99", StoryDetail.Text(refused[3], "reason"), StringComparison.Ordinal);

        // The one that was refused for its version is the one that was accepted then.
        var accepted = AuditFiles.Read(Folder).Last(entry => entry.Record.Kind == AuditKind.Rules);
        Assert.Equal(StoryDetail.Text(refused[1], "rules_sha256"), StoryDetail.Text(accepted, "rules_sha256"));
        Assert.Empty(Verify().Findings);
    }

    [Fact]
    public async Task A_command_that_was_taken_out_of_the_record_is_missed_when_the_rest_is_hashed_again()
    {
        await RunAsync(async engine =>
        {
            await engine.Site.SubmitAsync("key-7", "north", new PermitRevoked("p1"), CancellationToken.None);
            await engine.Site.SubmitAsync("key-7", "north", new PermitRevoked("p2"), CancellationToken.None);
        });
        HashAgain([.. AuditFiles.Read(Folder).Where(entry => StoryDetail.Text(entry, "id") != "p1").Select(entry => entry.Record)]);
        Assert.Contains(Verify().Findings, finding => finding.Kind == AuditFindingKind.Unrecorded);
    }

    [Fact]
    public async Task A_suffix_that_was_changed_and_hashed_again_is_found_by_the_anchors_in_the_journal_wherever_it_begins()
    {
        for (var run = 0; run < 4; run++)
        {
            await RunAsync(async engine => await engine.Site.SubmitAsync("key-7", "north", new PermitRevoked("p" + run), CancellationToken.None));
        }

        var records = AuditFiles.Read(Folder).Select(entry => entry.Record).ToList();
        Assert.Empty(Verify().Findings);
        Assert.Equal(records.Count, Verify().VouchedFor);
        for (var from = 0; from < records.Count; from++)
        {
            HashAgain([.. records.Select((record, i) => i == from ? record with { Subject = record.Subject + "!" } : record)]);
            Assert.DoesNotContain(AuditVerifier.Verify(_directory.Path, [], readsJournal: false, CancellationToken.None).Findings, finding => finding.Kind is AuditFindingKind.Changed or AuditFindingKind.Missing);
            Assert.Contains(Verify().Findings, finding => finding.Kind == AuditFindingKind.Rewritten && finding.Sequence > from);
        }

        await RunAsync(_ => Task.CompletedTask, isDamaged: true);
    }

    public void Dispose() => _directory.Dispose();

    private void HashAgain(IReadOnlyList<AuditRecord> records)
    {
        var lines = new System.Buffers.ArrayBufferWriter<byte>();
        var hash = AuditHash.Zero;
        for (var i = 0; i < records.Count; i++)
        {
            hash = AuditLine.Append(lines, i + 1, records[i], hash);
        }

        File.WriteAllBytes(Directory.GetFiles(Folder, "*.jsonl").Single(), lines.WrittenSpan.ToArray());
    }

    private AuditVerification Verify() => AuditVerifier.Verify(_directory.Path, [], readsJournal: true, CancellationToken.None);

    private void Cut()
    {
        var path = Directory.GetFiles(Folder, "*.jsonl").Single();
        File.WriteAllText(path, string.Join('\n', File.ReadAllLines(path)[..^1]) + "\n");
    }

    private async Task RunAsync(Func<DeviceEngine, Task> work, bool isDamaged = false)
    {
        await using var engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.Path,
                Journal = new JournalOptions { Directory = _directory.Of("journal"), SegmentSizeBytes = 1 << 21, Durability = Durability.Os },
                History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
            },
            _time);
        using var trail = AuditTrail.Open(engine, new AuditOptions { Directory = Folder, Fsync = false, SyncInterval = TimeSpan.Zero }, _time, _reports.Add);
        await engine.StartAsync(CancellationToken.None);
        trail.Start("1.0");
        await engine.RuleSets.SubmitAsync([new RuleFile("a.yaml", "groups: []\n")], "engineer", CancellationToken.None);
        await work(engine);
        await trail.Log.SettledAsync(CancellationToken.None);
        await trail.StopAsync("1.0", CancellationToken.None);
        Assert.Equal(isDamaged, trail.Log.Status.IsDamaged);
        Assert.Equal(trail.Log.Status.Head, trail.Anchored);
    }
}
