using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

/// <summary>A rule on trial runs as every other and is told to nobody until it is promoted.</summary>
public sealed class ShadowRuleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FrozenTime _time = new();

    [Fact]
    public async Task Shadow_alerts_are_listed_apart_also_after_a_restart_and_begin_anew_when_promoted()
    {
        await using (var engine = await StartAsync())
        {
            Assert.True((await engine.RuleSets.SubmitAsync(Rules(shadow: true), "test", CancellationToken.None)).Accepted);
            await PushAsync(engine, 1, 50);
            await engine.DrainAsync(CancellationToken.None);
            Assert.Equal((0, 1), (engine.Alerts.ActiveCount, engine.ShadowAlerts.ActiveCount));
        }

        await using var again = await StartAsync();
        Assert.Equal((0, 1), (again.Alerts.ActiveCount, again.ShadowAlerts.ActiveCount));
        Assert.True((await again.RuleSets.SubmitAsync(Rules(shadow: false), "test", CancellationToken.None)).Accepted);
        Assert.Equal((0, 0), (again.Alerts.ActiveCount, again.ShadowAlerts.ActiveCount));
        await PushAsync(again, 2, 50);
        await again.DrainAsync(CancellationToken.None);
        var live = Assert.Single(again.Alerts.List(includeResolved: false));
        Assert.Equal(AlertState.Firing, live.Latest.State);
        Assert.NotEqual(again.ShadowAlerts.List(includeResolved: true)[0].Id, live.Id);
    }

    [Fact]
    public void The_log_says_which_steps_were_on_trial()
    {
        var step = new AlertTransition
        {
            AlertId = "a",
            Sequence = 1,
            State = AlertState.Firing,
            Tier = Fengsui.Rules.Model.Tier.Major,
            PreviousTier = Fengsui.Rules.Model.Tier.None,
            Rule = "g/A",
            RuleSetVersion = 1,
            Device = "d",
            Zone = "z",
            EventTimeMs = 1,
            StartTimeMs = 1,
            ReceiveTimeMs = 1,
            JournalPosition = 1,
            JournalIndex = 0,
            Reason = "",
            Values = [],
            Labels = new Dictionary<string, string>(),
            Annotations = new Dictionary<string, string>(),
            IsShadow = true,
        };
        Assert.True(AlertJson.Read(AlertJson.ToBytes(step)).IsShadow);
        Assert.False(AlertJson.Read(AlertJson.ToBytes(step with { IsShadow = false })).IsShadow);
    }

    public void Dispose() => _directory.Dispose();

    private static RuleFile[] Rules(bool shadow) =>
    [
        new("rules.yaml", $"groups: [{{ name: g, rules: [{{ alert: Hot, tier: major, expr: m0 > 30, shadow: {(shadow ? "true" : "false")} }}] }}]"),
    ];

    private async Task PushAsync(DeviceEngine engine, long second, double value)
    {
        engine.Registry.TryMetric("m0", out var metric);
        var shape = engine.Registry.Shape([metric])!;
        var device = engine.Registry.Provision("device-1", new DeviceFacts("a", "zone-1", []))!;
        var batch = TestBatch.Readings(engine.Registry.Source("mqtt/gateway"), _time.NowMs, [new TestRow(device.Id, shape.Id, _time.NowMs + (second * 1_000), [value])]);
        while (!engine.Intake.TryAppend(batch, null, out _))
        {
            await engine.Intake.WaitForRoomAsync(CancellationToken.None);
        }
    }

    private async Task<DeviceEngine> StartAsync()
    {
        var options = new EngineOptions
        {
            DataDirectory = _directory.Path,
            Journal = new JournalOptions { Directory = _directory.Of("journal"), Durability = Durability.Os, Preallocate = false, MinFreeBytes = 0 },
            History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
            DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
        };
        var engine = DeviceEngine.Open(options, _time);
        await engine.StartAsync(CancellationToken.None);
        return engine;
    }
}
