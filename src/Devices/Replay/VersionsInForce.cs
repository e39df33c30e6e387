using Fengsui.Devices.Records;

namespace Fengsui.Devices.Replay;

/// <summary>Which versions of the rules were in force in a part of a journal, and since when.</summary>
internal sealed class VersionsInForce
{
    private readonly List<(int Version, long SinceMs)> _versions = [];

    public void Add(RuleSetRecord? rules)
    {
        if (rules is not null)
        {
            _versions.Add((rules.Version, rules.TimeMs));
        }
    }

    /// <summary>Takes note of a batch when it is a rule set; a damaged one is the shards' to report.</summary>
    public void Apply(ReadOnlySpan<byte> batch)
    {
        if (batch.IsEmpty || batch[0] != (byte)BatchKind.RuleSet)
        {
            return;
        }

        try
        {
            Add(RuleSetRecord.Decode(batch));
        }
        catch (InvalidDataException)
        {
            // Nothing was put in force by it.
        }
    }

    /// <summary>In [from, to] of journal time, in order: the one in force at its beginning, and those that came in it.</summary>
    public IReadOnlyList<(int Version, long SinceMs)> Within(long fromMs, long toMs)
    {
        var first = Math.Max(0, _versions.FindLastIndex(one => one.SinceMs <= fromMs));
        return [.. _versions.Skip(first).TakeWhile(one => one.SinceMs <= toMs)];
    }
}
