using System.Collections.Concurrent;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>A server's engine over a data directory of its own, in which a test tells the time in seconds, stops, crashes and starts again.</summary>
internal sealed class Plant : IAsyncDisposable
{
    public const long T0 = 1_700_000_000_000;

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly List<TemporaryDirectory> _directories = [new()];
    private readonly FrozenTime _time = new();
    private readonly int _shards;
    private readonly ConcurrentQueue<EngineIncident> _incidents = new();
    private int _read;
    private int _commands;

    private readonly AlertLogOptions _log;

    private Plant(int shards, AlertLogOptions log) => (_shards, _log) = (shards, log);

    public DeviceEngine Engine { get; private set; } = null!;

    public string DataDirectory => _directories[^1].Path;

    /// <summary>What the engine told a person, oldest first.</summary>
    public IReadOnlyList<string> Incidents => [.. _incidents.Select(incident => incident.Message)];

    public static async Task<Plant> StartAsync(string rules, int shards = 2, AlertLogOptions? log = null)
    {
        var plant = new Plant(shards, log ?? new AlertLogOptions());
        await plant.OpenAsync();
        var outcome = await plant.RulesAsync(rules);
        Assert.True(outcome.Accepted, string.Join('\n', outcome.Diagnostics));
        return plant;
    }

    /// <param name="rules">Rules of the group <c>g</c>, as a list of YAML.</param>
    public async Task<RuleSetOutcome> RulesAsync(string rules) => await Engine.RuleSets.SubmitAsync([FileOf(rules)], "test", None);

    public static RuleFile FileOf(string rules) => new("rules.yaml", "groups:\n  - name: g\n    rules:\n" + string.Concat(rules.Split('\n').Select(line => $"      {line}\n")));

    /// <summary>A row of a device of the zone <c>hall</c>, received at its time.</summary>
    public Task RowAsync(double second, string device, params (string Metric, double Value)[] values) => RowAsync(second, second, device, values);

    public async Task RowAsync(double second, double received, string device, params (string Metric, double Value)[] values)
    {
        var known = Engine.Registry.Provision(device, new DeviceFacts("sensor", "hall", []))!;
        var metrics = values.Select(value => Engine.Registry.TryMetric(value.Metric, out var id) ? id : throw new InvalidOperationException()).ToArray();
        var shape = Engine.Registry.Shape(metrics)!;
        await AppendAsync(SandboxJournal.Row(known.Id, shape.Id, Ms(second), Ms(received), [.. values.Select(value => (value.Metric, value.Value, Quality.Good))]));
    }

    /// <summary>A row each second, with the same values, and the tick that follows it.</summary>
    public async Task HoldAsync(int from, int until, string device, params (string Metric, double Value)[] values)
    {
        for (var second = from; second <= until; second++)
        {
            await RowAsync(second, device, values);
            await AppendAsync(TestBatch.Tick(Ms(second)));
        }
    }

    public async Task TicksAsync(int from, int until)
    {
        for (var second = from; second <= until; second++)
        {
            await AppendAsync(TestBatch.Tick(Ms(second)));
        }
    }

    public async Task AppendAsync(byte[] batch)
    {
        while (!Engine.Intake.TryAppend(batch, null, out _))
        {
            await Engine.Intake.WaitForRoomAsync(None);
        }
    }

    /// <summary>Steps since the last call, as <c>12 Hot probe-1 firing</c>.</summary>
    public async Task<List<string>> AlertsAsync()
    {
        var steps = (await LogAsync()).Skip(_read).ToList();
        _read += steps.Count;
        return [.. steps.Select(step => FormattableString.Invariant($"{(step.EventTimeMs - T0) / 1000.0} {step.Rule[2..]} {step.Subject} {step.State.Name()}"))];
    }

    /// <summary>What rules did, from the whole alert log.</summary>
    public async Task<IReadOnlyList<AlertTransition>> LogAsync()
    {
        await Engine.DrainAsync(None);
        return [.. Engine.ReadAlertLog(0, int.MaxValue).Select(pair => pair.Value).OfType<AlertTransition>()];
    }

    /// <summary>All that the alert log has gained since the last call, as <c>12 Hot probe-1 firing</c>; journal time in seconds.</summary>
    public async Task<List<string>> StoryAsync()
    {
        await Engine.DrainAsync(None);
        var entries = Engine.ReadAlertLog(_read, int.MaxValue).Select(pair => pair.Value).ToList();
        _read += entries.Count;
        return [.. entries.Select(entry => FormattableString.Invariant($"{(entry.ReceiveTimeMs - T0) / 1000.0} {entry.Rule[2..]} {entry.Subject} {(entry is AlertEvent happened ? happened.Kind.Name() : ((AlertTransition)entry).State.Name())}"))];
    }

    /// <summary>A command of somebody who has just looked at the alert.</summary>
    public async Task<AlertCommandResult> DoAsync(AlertAction action, string who = "li", string capacity = "operator", Func<AlertCommand, AlertCommand>? with = null)
    {
        await Engine.DrainAsync(None);
        var alert = Engine.Alerts.List(includeResolved: true)[0];
        var command = new AlertCommand { Id = $"c{++_commands}", AlertId = alert.Id, ExpectedVersion = alert.Version, Action = action, Note = "seen to" };
        return await Engine.AlertDesk.SubmitAsync(with?.Invoke(command) ?? command, who, [capacity], None);
    }

    /// <summary>Journal time goes on, from hour to hour or finer.</summary>
    public async Task HoursAsync(double from, double until, double step = 0.25)
    {
        for (var hour = from; hour <= until; hour += step)
        {
            await AppendAsync(TestBatch.Tick(Ms(hour * 3600)));
        }
    }

    /// <summary>The machine's clock goes on, and nothing else happens.</summary>
    public void Pass(TimeSpan time) => _time.NowMs += (long)time.TotalMilliseconds;

    /// <summary>Stops as an operator does, and starts again.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Goes on from what lay on the disk at this moment, while the process was running: what SIGKILL leaves.</summary>
    public async Task CrashAsync()
    {
        await Engine.DrainAsync(None);
        var (before, after) = (DataDirectory, new TemporaryDirectory());
        foreach (var path in Directory.GetFiles(before, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = after.Of(Path.GetRelativePath(before, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            Copy(path, copy);
        }

        _directories.Add(after);
        await Engine.DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _directories.ForEach(directory => directory.Dispose());
    }

    private static void Copy(string path, string to)
    {
        using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var into = File.Create(to);
        from.CopyTo(into);
    }

    private static long Ms(double second) => T0 + (long)(second * 1000);

    private async Task OpenAsync()
    {
        var data = DataDirectory;
        Engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = data,
                Journal = new JournalOptions { Directory = Path.Combine(data, "journal"), Durability = Durability.Os, Preallocate = false, MinFreeBytes = 0 },
                History = new EmbeddedHistoryOptions { Directory = Path.Combine(data, "history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = data },
                Shards = new ShardOptions { Count = _shards },
                AlertLog = _log,
                OnIncident = _incidents.Enqueue,
            },
            _time);
        await Engine.StartAsync(None);
    }
}
