using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Replay;

/// <summary>
/// Reads every declaration of a journal in advance. Rules that a back-test brings along may name metrics that the journal
/// declares later: those must not be given the ids that the journal gives to others.
/// </summary>
internal static class JournalNames
{
    /// <summary>Declares all that the journal does, and says up to where it was read: no further must the journal be run.</summary>
    public static long Declare(DeviceRegistry registry, JournalRunOptions options, CancellationToken cancellation)
    {
        var newest = SnapshotStore.List(options.SnapshotDirectory) is { Count: > 0 } places ? places[^1] : default;
        var position = 0L;
        if (newest.Path is not null && SnapshotStore.TryRead(newest.Path, out var snapshot, out _))
        {
            registry.Apply(snapshot.Declarations);
            position = snapshot.Position;
        }

        using var reader = JournalReader.Open(new FileJournalStorage(options.JournalDirectory), position);
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in block.Batches)
            {
                Apply(registry, batch.Bytes);
            }

            position = block.EndPosition;
            block.Release();
        }

        return position;
    }

    /// <summary>Declares what a batch declares, if it does; a damaged one is the shards' to report.</summary>
    public static void Apply(DeviceRegistry registry, ReadOnlySpan<byte> batch)
    {
        if (batch.IsEmpty || batch[0] != (byte)BatchKind.Declarations)
        {
            return;
        }

        try
        {
            registry.Apply(batch);
        }
        catch (InvalidDataException)
        {
            // As at recovery: what follows goes on.
        }
    }
}
