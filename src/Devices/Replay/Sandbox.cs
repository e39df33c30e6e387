using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Replay;

/// <summary>
/// The engine in memory: the very same shard, actors, records and alerts, without files, threads, history and clock. Every
/// call is a journal batch that is processed before it returns. For unit tests of rules and for files of readings. Not
/// thread-safe.
/// </summary>
public sealed class Sandbox
{
    private readonly SandboxJournal _journal = new();
    private readonly ShardCore _core;
    private readonly Queue<AlertTransition> _transitions = new();
    private readonly Queue<RuleStep> _steps = new();
    private int _version;

    public Sandbox(SandboxOptions options)
    {
        Registry = new DeviceRegistry(options.Registry);
        var context = new ShardContext(
            new ShardOptions { Count = 1, Actors = options.Actors }, 1, Registry, new RuleSetCache(), null, null, null, new ActorHandover(), static (_, _, _) => { })
        {
            KeepsSteps = options.KeepsSteps,
        };
        _core = new ShardCore(0, context);
    }

    public DeviceRegistry Registry { get; }

    /// <summary>Newest time that was shown, ms since 1970 UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long ClockMs => _core.ClockMs;

    public long Rows => _core.Stats.Rows;

    public long Readings => _core.Stats.Readings;

    /// <summary>Rows whose rules failed for a fault of ours. Above 0 no result is to be trusted.</summary>
    public long QuarantinedRows => _core.Stats.QuarantinedRows;

    /// <summary>Puts a rule set in force, or says what is wrong with it; then the one before stays.</summary>
    public RuleSetOutcome AdoptRules(IReadOnlyList<RuleFile> files, string author)
    {
        var parsed = RuleSet.Parse(files);
        if (parsed.RuleSet is not { } rules)
        {
            return new RuleSetOutcome(false, 0, parsed.Diagnostics);
        }

        foreach (var metric in rules.Metrics)
        {
            Registry.TryRuleMetric(metric);
        }

        Append(new RuleSetRecord(++_version, author, Math.Max(0, ClockMs), [.. files]).Encode());
        return new RuleSetOutcome(true, _version, parsed.Diagnostics);
    }

    /// <summary>Declares a device, or changes what is known of it.</summary>
    /// <exception cref="InvalidOperationException">There are as many devices as <see cref="RegistryOptions.MaxDevices"/>.</exception>
    public Device Declare(string device, string type, string zone, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var declared = Registry.Declare(device, new DeviceFacts(type, zone, labels))
            ?? throw new InvalidOperationException($"no room for device {device}");
        AppendPending();
        return declared;
    }

    /// <summary>One row of readings. A device that was not declared gets the default type and zone.</summary>
    /// <param name="values">Each metric once; a position packed, see <see cref="GeoPosition.Pack"/>.</param>
    /// <exception cref="InvalidOperationException">No room for a device, a metric or a shape.</exception>
    public void Row(
        string device, long eventTimeMs, long receiveMs, IReadOnlyList<(string Metric, double Value, Quality Quality)> values)
    {
        var known = Registry.Provision(device, DeviceFacts.Default) ?? throw new InvalidOperationException($"no room for device {device}");
        var metrics = new ushort[values.Count];
        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i] = Registry.TryMetric(values[i].Metric, out var id) ? id : throw new InvalidOperationException($"no room for metric {values[i].Metric}");
        }

        var shape = Registry.Shape(metrics) ?? throw new InvalidOperationException("no room for another combination of metrics");
        Append(SandboxJournal.Row(known.Id, shape.Id, eventTimeMs, receiveMs, values));
    }

    /// <summary>Lets journal time pass.</summary>
    public void Tick(long timeMs)
    {
        var tick = new byte[TickRecord.SizeBytes];
        TickRecord.Write(tick, timeMs);
        Append(tick);
    }

    /// <summary>Any journal batch, encoded; what the registry has declared since is appended before it.</summary>
    /// <exception cref="InvalidDataException">The batch is damaged, or refers to what has not been declared.</exception>
    public void Append(ReadOnlySpan<byte> batch)
    {
        AppendPending();
        if (!batch.IsEmpty && batch[0] == (byte)BatchKind.Declarations)
        {
            Registry.Apply(batch);
        }

        Process(batch);
    }

    /// <summary>The next transition, in the order of the alert log; false when there is none.</summary>
    public bool TryTake(out AlertTransition transition) => _transitions.TryDequeue(out transition!);

    /// <summary>The next step of any rule, pending and cancelled ones included; needs <see cref="SandboxOptions.KeepsSteps"/>.</summary>
    public bool TryTakeStep(out RuleStep step) => _steps.TryDequeue(out step!);

    private void AppendPending()
    {
        if (Registry.HasPending)
        {
            Registry.TryAppendPending(
                declarations =>
                {
                    Process(declarations.Span);
                    return true;
                },
                SandboxJournal.MaxBatchBytes);
        }
    }

    private void Process(ReadOnlySpan<byte> batch)
    {
        _core.Process(_journal.Place(batch.Length), batch);
        foreach (var transition in _core.Transitions.Select(pending => pending.Transition).OfType<AlertTransition>())
        {
            _transitions.Enqueue(transition);
        }

        _core.Transitions.Clear();
        _core.Steps?.ForEach(_steps.Enqueue);
        _core.Steps?.Clear();
    }
}
