using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Tests.Journal;

/// <summary>Remembers what it was handed; may hold on to blocks.</summary>
internal sealed class RecordingConsumer(bool keepBlocks = false) : IBlockConsumer
{
    public List<(long Position, byte[] Bytes)> Batches { get; } = [];

    public List<JournalBlock> Kept { get; } = [];

    public void OnBlock(JournalBlock block)
    {
        if (keepBlocks)
        {
            block.AddReference();
            lock (Kept)
                Kept.Add(block);
        }

        foreach (var (position, bytes) in block.Batches)
            Batches.Add((position, bytes.ToArray()));
    }
}
