using Fengsui.Devices.Alerts;
using Fengsui.Devices.Canary;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Canary;

/// <summary>The canary over a real engine; each part of the path is stopped in turn.</summary>
public sealed class CanaryTests : IDisposable
{
    private static readonly RuleFile Other = new("a.yaml", "groups: []\n");

    private readonly TemporaryDirectory _directory = new();
    private readonly AlarmBench _alarm = new();
    private readonly AlarmBench.Listener _watchdog;
    private long _writes;

    public CanaryTests() => _watchdog = _alarm.Add("watchdog");

    private const int MaxRounds = 200;

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public void Its_rule_has_no_mistake_and_is_on_trial()
    {
        var parsed = RuleSet.Parse([CanaryRule.File]);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal([(CanaryRule.Id, true), (CanaryRule.MissingId, false)], parsed.RuleSet!.Rules.Select(rule => (rule.Id, rule.Shadow)));
    }

    [Fact]
    public async Task A_round_comes_through_and_is_in_the_log_and_in_nobodys_list()
    {
        await using var engine = await StartAsync(new CanaryWatch());
        var runner = engine.PatientRunner;
        for (var round = 1; round <= 3; round++)
        {
            var state = await runner.RunRoundAsync(None);
            Assert.Equal((round, 0L, CanaryStage.None, ""), ((int)state.Rounds, state.Missed, state.FailedAt, state.Reason));
        }

        Assert.Equal(["Firing", "Resolved", "Firing", "Resolved", "Firing", "Resolved"], engine.Engine.ReadAlertLog(0, 10).Select(entry => ((AlertTransition)entry.Value).State.ToString()));
        Assert.Empty(engine.Engine.Alerts.List(includeResolved: true));
        Assert.All(engine.Engine.ReadAlertLog(0, 10), entry => Assert.True(entry.Value.IsShadow));
    }

    [Fact]
    public async Task Its_rule_stays_in_every_rule_set_and_cannot_be_promoted_or_replaced()
    {
        await using var engine = await StartAsync(new CanaryWatch());
        var rules = engine.Engine.RuleSets;
        Assert.True((await rules.SubmitAsync([Other, new RuleFile(CanaryRule.Path, "groups: []\n")], "eve", None)).Accepted);
        Assert.Equal([Other, CanaryRule.File], (await rules.CurrentAsync())!.Files);
        await rules.ShadowAsync([CanaryRule.Id], isShadow: false, "eve", "", None);
        Assert.Equal([Other, CanaryRule.File], (await rules.CurrentAsync())!.Files);
        Assert.False((await engine.PatientRunner.RunRoundAsync(None)).IsMissing);
    }

    [Fact]
    public async Task Turning_it_on_or_off_changes_its_rule_alone_and_does_not_undo_a_rollback()
    {
        var (first, second) = (new RuleFile("a.yaml", "groups: []\n"), new RuleFile("b.yaml", "groups: []\n"));
        await using (var off = await StartAsync(new CanaryWatch(), hasRule: false))
        {
            await off.Engine.RuleSets.SubmitConfigAsync([second], None);
            await off.Engine.RuleSets.RollbackAsync(1, "wang", "", None);
        }

        foreach (var isOn in (bool[])[true, true, false])
        {
            await using var engine = await StartAsync(new CanaryWatch(), hasRule: isOn, submits: false);
            await engine.Engine.RuleSets.SubmitConfigAsync([second], None);
            Assert.Equal(isOn ? [first, CanaryRule.File] : [first], (await engine.Engine.RuleSets.CurrentAsync())!.Files);
        }
    }

    [Fact]
    public async Task Without_its_rule_the_stage_rule_is_named()
    {
        await using var engine = await StartAsync(new CanaryWatch(), hasRule: false);
        await FailsAtAsync(engine.Runner, CanaryStage.Rule);
    }

    [Fact]
    public async Task A_sink_that_does_not_return_is_named_as_delivery_and_the_canary_comes_back_after_it()
    {
        using var stopped = new StoppedSink();
        await using var engine = await StartAsync(new CanaryWatch(), stopped);
        await FailsAtAsync(engine.Runner, CanaryStage.Delivery);
        stopped.Release();
        await ComesBackAsync(engine.PatientRunner);
    }

    [Fact]
    public async Task An_alert_log_that_cannot_be_written_is_named_and_the_canary_comes_back_after_it()
    {
        await using var engine = await StartAsync(new CanaryWatch());
        var isFull = true;
        engine.Engine.AlertLog.BeforeWrite = () =>
        {
            if (Volatile.Read(ref isFull))
            {
                throw new IOException("the disk is full");
            }
        };
        await FailsAtAsync(engine.Runner, CanaryStage.AlertLog);
        Assert.Contains("full", engine.Runner.State.Reason, StringComparison.Ordinal);
        Volatile.Write(ref isFull, false);
        await ComesBackAsync(engine.PatientRunner);
    }

    [Fact]
    public async Task A_blocked_shard_is_named_and_the_canary_comes_back_after_it()
    {
        await using var engine = await StartAsync(new CanaryWatch());
        using var blocked = new ManualResetEventSlim();
        var asked = engine.Engine.AllShardsAsync(_ =>
        {
            blocked.Wait();
            return true;
        });
        await FailsAtAsync(engine.Runner, CanaryStage.Shard);
        blocked.Set();
        await asked;
        await ComesBackAsync(engine.PatientRunner);
    }

    [Fact]
    public async Task A_write_that_is_refused_is_named_as_intake()
    {
        await using var engine = await StartAsync(new CanaryWatch());
        var runner = new CanaryRunner(engine.Engine, new CanaryWatch(), (_, _) => throw new IOException("no room"), Impatient, TimeProvider.System);
        await FailsAtAsync(runner, CanaryStage.Intake);
        Assert.Equal((CanaryStage.Intake, "no room"), ((await runner.RunRoundAsync(None)).FailedAt, runner.State.Reason));
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _directory.Dispose();
    }

    /// <summary>Short: what is stopped stays stopped, however long one waits.</summary>
    private static CanaryOptions Impatient => new() { Deadline = TimeSpan.FromMilliseconds(50), AskPatience = TimeSpan.FromMilliseconds(50) };

    /// <summary>Where everything works, so that a busy machine is not taken for a broken path.</summary>
    private static CanaryOptions Patient => new() { Deadline = TimeSpan.FromSeconds(60), AskPatience = TimeSpan.FromSeconds(60) };

    /// <summary>Before the part that is stopped the canary may be slow on a busy machine, so a round may name an earlier one first.</summary>
    private async Task FailsAtAsync(CanaryRunner runner, CanaryStage stage)
    {
        await using var alarm = _alarm.Start();
        for (var round = 0; round < MaxRounds; round++)
        {
            var state = await runner.RunRoundAsync(None);
            Assert.True(state.IsMissing);
            if (state.FailedAt == stage)
            {
                // Whatever is stopped, who is to be told hears of it, while it is stopped.
                alarm.Tell(state);
                var told = await _watchdog.NextAsync();
                Assert.Equal((AlertState.Firing, Tier.Major, stage.Name()), (told.State, told.ToldTier, told.Labels["stage"]));
                return;
            }
        }

        Assert.Fail($"{stage} was not named, but {runner.State.FailedAt}: {runner.State.Reason}");
    }

    private async Task ComesBackAsync(CanaryRunner runner)
    {
        await using var alarm = _alarm.Start();
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await runner.RunRoundAsync(None) is { IsMissing: false } state)
            {
                alarm.Tell(state);
                Assert.Equal(AlertState.Resolved, (await _watchdog.NextAsync()).State);
                return;
            }
        }

        Assert.Fail($"it did not come back: {runner.State}");
    }

    private async Task<Rig> StartAsync(CanaryWatch watch, StoppedSink? stopped = null, bool hasRule = true, bool submits = true)
    {
        var engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.Path,
                Journal = new JournalOptions { Directory = _directory.Of("journal"), SegmentSizeBytes = 1 << 21, Durability = Durability.Os },
                History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
                HasCanary = hasRule,
            },
            new FrozenTime(),
            stopped is null ? [watch] : [stopped, watch]);
        await engine.StartAsync(None);
        if (submits)
        {
            await engine.RuleSets.SubmitAsync([Other], "engineer", None);
        }

        return new Rig(
            engine,
            new CanaryRunner(engine, watch, (value, _) => WriteAsync(engine, value), Impatient, TimeProvider.System),
            new CanaryRunner(engine, watch, (value, _) => WriteAsync(engine, value), Patient, TimeProvider.System));
    }

    /// <summary>Not before it is durable, but soon after the call it is: the journal works in every test here.</summary>
    private async Task WriteAsync(DeviceEngine engine, double value)
    {
        var device = engine.Registry.Devices.Find(CanaryRule.Device)!;
        Assert.True(engine.Registry.TryMetric(CanaryRule.Metric, out var metric));
        var shape = engine.Registry.Shape([metric])!;
        var timeMs = 1_700_000_000_000 + ++_writes;
        var row = SandboxJournal.Row(device.Id, shape.Id, timeMs, timeMs, [(CanaryRule.Metric, value, Quality.Good)]);
        while (!engine.Intake.TryAppend(row, null, out _))
        {
            await engine.Intake.WaitForRoomAsync(None);
        }
    }

    private sealed record Rig(DeviceEngine Engine, CanaryRunner Runner, CanaryRunner PatientRunner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }

    private sealed class StoppedSink : IAlertSink, IDisposable
    {
        private readonly ManualResetEventSlim _goes = new();

        public void Release() => _goes.Set();

        public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book) => _goes.Wait();

        public void Dispose() => _goes.Dispose();
    }
}
