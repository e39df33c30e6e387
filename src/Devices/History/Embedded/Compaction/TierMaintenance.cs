using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>
/// Building, merging and deleting of the tiers' groups; called by <see cref="Maintenance"/>, under its lock. Each step writes
/// the new file first, then changes the index in one transaction, then deletes: after a crash it is done again from the same
/// raw group, or was done.
/// </summary>
internal sealed class TierMaintenance(
    EmbeddedHistoryOptions options, GroupStore store, HistoryContents contents, DamageLog damage, CancellationToken closing)
{
    private readonly TierBuilder _builder = new(options, damage, closing);
    private long _built;

    /// <summary>Raw groups that were summed up, counted once a tier.</summary>
    public long Built => Volatile.Read(ref _built);

    /// <summary>Sums up the next raw group for the first tier that can; false when there is none.</summary>
    /// <param name="expired">Raw groups that are only waiting for it.</param>
    public bool Build(IReadOnlyList<GroupFile> expired)
    {
        for (var i = 0; i < contents.View.Tiers.Length; i++)
        {
            if (TierPolicy.NextBuild(contents.View, contents.View.Tiers[i], options, expired) is { } raw)
            {
                Build(i, raw);
                return true;
            }
        }

        return false;
    }

    /// <summary>Deletes what is too old, or what is too much once no raw group is left to delete; false when nothing is.</summary>
    public bool Retire(long nowMs, out int retired)
    {
        retired = 0;
        for (var i = 0; i < contents.View.Tiers.Length; i++)
        {
            var expired = TierPolicy.Expired(contents.View, i, options, nowMs);
            if (expired.Count == 0)
                continue;
            var tier = contents.View.Tiers[i];
            var floor = Math.Max(tier.FloorMs, expired.Max(group => group.Info.MaxTimeMs) + tier.StepMs);
            store.Replace(expired, null, (TierState.Floor(tier.StepMs), floor));
            contents.ReplaceTier(i, expired, null, tier.BuiltPosition, floor);
            store.Delete(expired);
            retired = expired.Count;
            return true;
        }

        return false;
    }

    public bool Merge()
    {
        for (var i = 0; i < contents.View.Tiers.Length; i++)
        {
            var groups = MergePolicy.NextMerge(contents.View.Tiers[i].Groups, options);
            if (groups.Count > 0)
                return Merge(i, groups);
        }

        return false;
    }

    private void Build(int index, GroupFile raw)
    {
        using var snapshot = contents.Take();
        snapshot.ReleaseArenas();
        var tier = snapshot.View.Tiers[index];
        using var writer = store.Create(tier.BuiltPosition, raw.Info.EndPosition, level: 0, tier.StepMs);
        try
        {
            _builder.WriteTo(writer, snapshot.View, tier, raw);
        }
        catch (OperationCanceledException)
        {
            store.Discard(writer);
            return;
        }

        GroupFile? built = null;
        if (writer.Rows > 0)
            built = store.Open(writer.Finish([]));
        else
            store.Discard(writer);
        Commit(index, [], built, raw.Info.EndPosition);
        _built++;
    }

    /// <summary>True when something has changed: they are merged, or a damaged one was found, which the next round leaves out.</summary>
    private bool Merge(int index, ArraySegment<GroupFile> groups)
    {
        var tier = contents.View.Tiers[index];
        using var writer = store.Create(groups[0].Info.StartPosition, groups[^1].Info.EndPosition, groups[0].Info.Level + 1, tier.StepMs);
        try
        {
            new TierMerge(groups, damage, closing).WriteTo(writer);
        }
        catch (Exception exception) when (exception is InvalidDataException or OperationCanceledException)
        {
            store.Discard(writer);
            return groups.Any(group => group.IsDamaged);
        }

        Commit(index, groups, store.Open(writer.Finish([])), tier.BuiltPosition);
        store.Delete(groups);
        return true;
    }

    private void Commit(int index, IReadOnlyList<GroupFile> removed, GroupFile? added, long builtPosition)
    {
        var tier = contents.View.Tiers[index];
        try
        {
            store.Replace(removed, added?.Info, (TierState.Built(tier.StepMs), builtPosition));
        }
        catch
        {
            added?.Release();
            throw;
        }

        contents.ReplaceTier(index, [.. removed], added, builtPosition, tier.FloorMs);
    }
}
