using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Replay;

/// <summary>The batches of a journal by names: with every row what it needs to have declared.</summary>
internal sealed class BatchMaker
{
    private readonly DeviceRegistry _registry = new(new RegistryOptions());

    public List<byte[]> Rules(int version, IReadOnlyList<RuleFile> files, long timeMs = 0)
    {
        foreach (var metric in RuleSet.Parse(files).RuleSet!.Rules.SelectMany(rule => rule.Metrics))
        {
            _registry.TryRuleMetric(metric);
        }

        return [.. TestBatch.Pending(_registry), new RuleSetRecord(version, "test", timeMs, files).Encode()];
    }

    public List<byte[]> Row(string device, long timeMs, params (string Metric, double Value)[] values)
    {
        var known = _registry.Provision(device, new DeviceFacts("probe", "hall", []))!;
        var metrics = values.Select(value => _registry.TryMetric(value.Metric, out var id) ? id : throw new InvalidOperationException()).ToArray();
        var shape = _registry.Shape(metrics)!;
        var row = SandboxJournal.Row(known.Id, shape.Id, timeMs, timeMs, [.. values.Select(value => (value.Metric, value.Value, Quality.Good))]);
        return [.. TestBatch.Pending(_registry), row];
    }
}
