using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

public sealed class RuleVersionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_rollback_is_not_undone_by_a_restart_with_the_same_configuration()
    {
        await using (var engine = await StartAsync())
        {
            Assert.Equal(1, (await engine.RuleSets.SubmitConfigAsync(Rules(30), None)).Version);
            Assert.Equal(2, (await engine.RuleSets.SubmitConfigAsync(Rules(40), None)).Version);
            Assert.Equal(3, (await engine.RuleSets.RollbackAsync(1, "wang", "", None)).Version);
        }

        await using (var engine = await StartAsync())
        {
            Assert.Equal(3, (await engine.RuleSets.SubmitConfigAsync(Rules(40), None)).Version);
            Assert.Equal(Rules(30), (await engine.RuleSets.CurrentAsync())!.Files);
            Assert.Equal(4, (await engine.RuleSets.SubmitConfigAsync(Rules(50), None)).Version);
        }

        await using (var engine = await StartAsync())
        {
            Assert.Equal(["config", "config", "rollback", "config"], engine.RuleSets.Versions.All().Select(record => record.Origin));
            Assert.Equal("back to version 1", engine.RuleSets.Versions.Find(3)!.Comment);
        }
    }

    [Fact]
    public async Task A_change_that_forgets_a_live_rule_is_refused_unless_it_says_so()
    {
        await using var engine = await StartAsync();
        await engine.RuleSets.SubmitConfigAsync([.. Rules(30), Other("a", ""), Other("b", "shadow: true"), Other("c", "disabled: true")], None);
        var refused = await engine.RuleSets.SubmitAsync(new RuleSetChange(Rules(30), "wang", RuleSetOrigins.Api), None);

        Assert.Equal((false, true), (refused.Accepted, refused.IsConflict));
        Assert.Contains("too: other-a/A.", refused.Refusal, StringComparison.Ordinal);
        Assert.True((await engine.RuleSets.SubmitAsync(new RuleSetChange([.. Rules(30), Other("a", "")], "wang", RuleSetOrigins.Api), None)).Accepted);
        Assert.True((await engine.RuleSets.SubmitAsync(new RuleSetChange(Rules(30), "wang", RuleSetOrigins.Api) { MayRemove = true }, None)).Accepted);
    }

    [Fact]
    public async Task What_the_configuration_says_stays_known_when_the_rules_said_it_already()
    {
        await using (var engine = await StartAsync())
        {
            await engine.RuleSets.SubmitConfigAsync(Rules(30), None);
            await engine.RuleSets.SubmitAsync(Rules(40), "wang", None);
            var same = await engine.RuleSets.SubmitConfigAsync(Rules(40), None);
            Assert.Empty(same.Changes);
            await engine.RuleSets.RollbackAsync(1, "wang", "", None);
        }

        await using var again = await StartAsync();
        await again.RuleSets.SubmitConfigAsync(Rules(40), None);
        Assert.Equal(Rules(30), (await again.RuleSets.CurrentAsync())!.Files);
    }

    [Fact]
    public async Task A_change_that_is_based_on_another_version_is_refused()
    {
        await using var engine = await StartAsync();
        await engine.RuleSets.SubmitAsync(Rules(30), "wang", None);
        var late = await engine.RuleSets.SubmitAsync(new RuleSetChange(Rules(40), "li", RuleSetOrigins.Api) { BasedOn = 0 }, None);
        Assert.False(late.Accepted);
        Assert.True(late.IsConflict);
        Assert.Equal(Rules(30), (await engine.RuleSets.CurrentAsync())!.Files);
        Assert.Equal(2, (await engine.RuleSets.SubmitAsync(new RuleSetChange(Rules(40), "li", RuleSetOrigins.Api) { BasedOn = 1 }, None)).Version);
    }

    [Fact]
    public async Task A_rule_goes_into_shadow_and_out_of_it_by_versions()
    {
        await using var engine = await StartAsync();
        await engine.RuleSets.SubmitAsync(Rules(30), "wang", None);
        var shadowed = await engine.RuleSets.ShadowAsync(["g/Hot"], true, "wang", "", None);
        Assert.Equal(new RuleChange("g/Hot", RuleChangeKind.Shadowed), Assert.Single(shadowed.Changes));
        Assert.False((await engine.RuleSets.ShadowAsync(["g/Cold"], false, "wang", "", None)).Accepted);
        var promoted = await engine.RuleSets.ShadowAsync(null, false, "wang", "good", None);
        Assert.Equal((3, RuleChangeKind.Promoted), (promoted.Version, Assert.Single(promoted.Changes).Kind));
        Assert.Equal(Rules(30), (await engine.RuleSets.CurrentAsync())!.Files);
        Assert.Equal(("promote", "good"), (engine.RuleSets.Versions.Find(3)!.Origin, engine.RuleSets.Versions.Find(3)!.Comment));
    }

    [Fact]
    public async Task Versions_that_were_lost_as_files_come_back_from_the_journal()
    {
        await using (var engine = await StartAsync())
        {
            await engine.RuleSets.SubmitAsync(Rules(30), "wang", None);
            await engine.RuleSets.SubmitAsync(Rules(40), "wang", None);
        }

        Directory.Delete(_directory.Of("rules"), recursive: true);
        await using var again = await StartAsync();
        Assert.Equal([1, 2], again.RuleSets.Versions.Numbers());
    }

    private static RuleFile[] Rules(int limit) =>
        [new RuleFile("rules.yaml", $"groups:\n  - name: g\n    rules:\n      - {{ alert: Hot, expr: m0 > {limit}, tier: general }}\n")];

    private static RuleFile Other(string name, string key) =>
        new($"{name}.yaml", $"groups: [{{ name: other-{name}, rules: [{{ alert: A, expr: x > 1, tier: general{(key.Length > 0 ? ", " + key : "")} }}] }}]");

    private async Task<DeviceEngine> StartAsync()
    {
        var engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.Path,
                Journal = new JournalOptions { Directory = _directory.Of("journal"), Durability = Durability.Os, Preallocate = false, MinFreeBytes = 0 },
                History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
                Shards = new ShardOptions { Count = 1 },
            },
            TimeProvider.System);
        await engine.StartAsync(None);
        return engine;
    }
}
