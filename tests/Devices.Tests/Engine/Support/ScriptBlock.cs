using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>The batches of one group commit and where it stands in the journal.</summary>
internal sealed record ScriptBlock(long Start, IReadOnlyList<byte[]> Batches)
{
    public long End => Start + JournalFormat.BlockHeaderBytes + Batches.Sum(batch => batch.Length + JournalFormat.BatchPrefixBytes);

    public JournalBlock ToJournalBlock()
    {
        var block = new JournalBlock((int)(End - Start), static _ => { });
        block.Begin(Start);
        foreach (var batch in Batches)
        {
            block.TryAdd(batch, default);
        }

        return block;
    }

    /// <summary>As a replay does before the shards see the block.</summary>
    public void Declare(DeviceRegistry registry)
    {
        foreach (var batch in Batches.Where(batch => batch.Length > 0 && batch[0] == (byte)BatchKind.Declarations))
        {
            try
            {
                registry.Apply(batch);
            }
            catch (InvalidDataException)
            {
                // A replay reports it and goes on; the shards must do the same.
            }
        }
    }
}
