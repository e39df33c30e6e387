using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

/// <summary>Two devices of one profile and an override for one of them.</summary>
public sealed class RuleOverrideTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FrozenTime _time = new();

    [Fact]
    public async Task An_override_for_one_device_changes_no_other_and_survives_a_restart()
    {
        await using (var engine = await StartAsync())
        {
            Assert.True((await engine.RuleSets.SubmitAsync(Rules(20), "test", CancellationToken.None)).Accepted);
            await PushAsync(engine, 1, 25);
            Assert.Equal(["device-1"], Firing(engine));
        }

        await using var again = await StartAsync();
        Assert.Equal(["device-1"], Firing(again));
        await PushAsync(again, 2, 35);
        Assert.Equal(["device-1", "device-2"], Firing(again));

        Assert.True((await again.RuleSets.SubmitAsync(Rules(30), "test", CancellationToken.None)).Accepted);
        Assert.Equal(["device-2"], Firing(again));
    }

    public void Dispose() => _directory.Dispose();

    private static string[] Firing(DeviceEngine engine) =>
        [.. engine.Alerts.List(includeResolved: false).Select(alert => alert.Latest.Device).Order(StringComparer.Ordinal)];

    private static RuleFile[] Rules(int own) =>
    [
        new("rules.yaml", $$"""
            setpoints: { hot: { by: type, values: { a: 30 } } }
            overrides: [{ device: device-1, setpoints: { hot: {{own}} } }]
            groups: [{ name: g, rules: [{ alert: A, tier: general, expr: m0 > setpoint(hot) }] }]
            """),
    ];

    private async Task PushAsync(DeviceEngine engine, long second, double value)
    {
        engine.Registry.TryMetric("m0", out var metric);
        var shape = engine.Registry.Shape([metric])!;
        foreach (var name in new[] { "device-1", "device-2" })
        {
            var device = engine.Registry.Provision(name, new DeviceFacts("a", "zone-1", []))!;
            var row = new TestRow(device.Id, shape.Id, _time.NowMs + (second * 1_000), [value]);
            var batch = TestBatch.Readings(engine.Registry.Source("mqtt/gateway"), _time.NowMs, [row]);
            while (!engine.Intake.TryAppend(batch, null, out _))
            {
                await engine.Intake.WaitForRoomAsync(CancellationToken.None);
            }
        }

        await engine.DrainAsync(CancellationToken.None);
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
