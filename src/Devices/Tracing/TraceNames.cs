using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>What the ids in the files stand for, and units.</summary>
internal sealed class TraceNames(DeviceRegistry registry, string rulesDirectory)
{
    /// <summary>Null when no version of the rules is kept, or the newest can no longer be read.</summary>
    private readonly RuleSet? _rules = NewestRules(rulesDirectory) is { } newest ? RuleSet.Parse(newest.Files).RuleSet : null;

    public static string Source(DeviceRegistry registry, int id) => (uint)id < (uint)registry.Sources.Count ? registry.Sources[id] : "";

    public TracedValue Value((ushort Metric, double Value, Quality Quality) reading)
    {
        var metric = registry.Metrics.NameOf(reading.Metric);
        return new TracedValue(metric, (_rules ?? RuleSet.Empty).UnitOf(metric), reading.Value, reading.Quality);
    }

    private static RuleSetRecord? NewestRules(string directory)
    {
        var versions = new VersionStore(directory);
        return versions.Numbers() is [.., var newest] ? versions.Find(newest) : null;
    }
}
