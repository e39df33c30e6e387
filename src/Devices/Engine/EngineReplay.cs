using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Engine;

/// <summary>Gives the engine's own shards what a journal holds already: at recovery, and when everything is computed anew.</summary>
internal sealed class EngineReplay(DeviceEngine engine, Shard[] shards)
{
    /// <summary>Takes over a snapshot; null is the journal's beginning.</summary>
    public async Task RestoreAsync(Snapshot? snapshot)
    {
        if (snapshot is not null)
        {
            engine.Registry.Apply(snapshot.Declarations);
            await engine.AllShardsAsync(core => Restore(core, snapshot)).ConfigureAwait(false);
        }
    }

    public async Task<(long Blocks, long Batches, long End)> RunAsync(JournalReader reader, CancellationToken cancellation)
    {
        long blocks = 0;
        long batches = 0;
        long end = 0;
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in block.Batches)
            {
                batches++;
                ApplyDeclarations(batch);
                KeepVersion(batch);
            }

            foreach (var shard in shards)
            {
                shard.OnBlock(block);
            }

            end = block.EndPosition;
            block.Release();
            blocks++;
            if ((blocks & 15) == 0)
            {
                await FlushFullHistoryAsync(end).ConfigureAwait(false);
            }
        }

        ReportLosses(reader);
        return (blocks, batches, end);
    }

    public Task FlushAsync(long position) => engine.AllShardsAsync(core => Flush(core, position));

    private static bool Flush(ShardCore core, long position)
    {
        core.FlushHistory(position);
        return true;
    }

    private static bool Restore(ShardCore core, Snapshot snapshot)
    {
        core.Restore(snapshot);
        return true;
    }

    private void ApplyDeclarations(in JournalBatch batch)
    {
        if (batch.Bytes.IsEmpty || batch.Bytes[0] != (byte)BatchKind.Declarations)
        {
            return;
        }

        try
        {
            engine.Registry.Apply(batch.Bytes);
        }
        catch (InvalidDataException damage)
        {
            engine.Report("journal", $"the declarations at position {batch.Position} cannot be read: {damage.Message}", damage);
        }
    }

    private void KeepVersion(in JournalBatch batch)
    {
        if (batch.Bytes.IsEmpty || batch.Bytes[0] != (byte)BatchKind.RuleSet)
        {
            return;
        }

        try
        {
            engine.KeepVersion(RuleSetRecord.Decode(batch.Bytes));
        }
        catch (InvalidDataException)
        {
            // The shards report it: to them it is the rules that matter.
        }
    }

    /// <summary>A replay is faster than life: the marks that it meets may be too few for the history's arenas.</summary>
    private async Task FlushFullHistoryAsync(long position)
    {
        var full = await engine.AllShardsAsync(core => core.WantsHistoryFlush).ConfigureAwait(false);
        if (full.Any(wants => wants))
        {
            await FlushAsync(position).ConfigureAwait(false);
        }
    }

    private void ReportLosses(JournalReader reader)
    {
        foreach (var gap in reader.Gaps)
        {
            engine.Report("journal", $"positions {gap.FromPosition} to {gap.ToPosition} cannot be read ({gap.Reason}); replay goes on after them");
        }

        if (engine.Registry.LostDeclarations > 0)
        {
            engine.Report("journal", $"{engine.Registry.LostDeclarations} declarations are lost to damage; their devices, metrics and sources have placeholder names");
        }
    }
}
