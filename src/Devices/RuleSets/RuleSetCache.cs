using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.RuleSets;

/// <summary>Parses each rule set of the journal once for all shards; keeps the newest few.</summary>
internal sealed class RuleSetCache
{
    /// <summary>Shards lag behind each other by a mailbox at most; more versions than this are not met at once.</summary>
    private const int MaxSets = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<(RuleSetRecord Record, RuleSet Rules)> _newest = new();

    /// <exception cref="InvalidDataException">The journal holds a rule set that this program cannot read.</exception>
    public RuleSet Get(RuleSetRecord record)
    {
        lock (_lock)
        {
            foreach (var (known, rules) in _newest)
            {
                if (known.Version == record.Version && known.Files.SequenceEqual(record.Files))
                {
                    return rules;
                }
            }

            var parsed = Parse(record);
            _newest.AddFirst((record, parsed));
            if (_newest.Count > MaxSets)
            {
                _newest.RemoveLast();
            }

            return parsed;
        }
    }

    private static RuleSet Parse(RuleSetRecord record)
    {
        var result = RuleSet.Parse(record.Files);
        return result.RuleSet ?? throw new InvalidDataException(
            $"rule set {record.Version} in the journal cannot be read: {string.Join("; ", result.Diagnostics)}");
    }
}
