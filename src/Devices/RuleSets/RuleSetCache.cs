using System.Collections.Concurrent;
using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.RuleSets;

/// <summary>Parses the rule sets of the journal once for all shards.</summary>
internal sealed class RuleSetCache
{
    private readonly ConcurrentDictionary<int, RuleSet> _byVersion = new();

    /// <exception cref="InvalidDataException">The journal holds a rule set that this program cannot read.</exception>
    public RuleSet Get(RuleSetRecord record) => _byVersion.GetOrAdd(record.Version, _ => Parse(record));

    private static RuleSet Parse(RuleSetRecord record)
    {
        var result = RuleSet.Parse(record.Files);
        return result.RuleSet ?? throw new InvalidDataException(
            $"rule set {record.Version} in the journal cannot be read: {string.Join("; ", result.Diagnostics)}");
    }
}
