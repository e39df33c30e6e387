using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Engine;

/// <summary>
/// Computes everything anew from a journal, into an empty directory: alert log, history, dead letters. Reads the journal
/// without a lock, so it may run beside the server that writes it. Two replays of the same journal are equal to the byte.
/// </summary>
public static class JournalReplay
{
    /// <param name="journalDirectory">The journal to read.</param>
    /// <param name="target">What to open; its data directory must be empty.</param>
    /// <exception cref="InvalidDataException">The journal's beginning was deleted by retention: what devices and rules
    /// there were cannot be known from the rest.</exception>
    public static async Task<EngineRecovery> RunAsync(
        string journalDirectory, EngineOptions target, TimeProvider time, CancellationToken cancellation)
    {
        var scratch = Path.Combine(target.DataDirectory, "replay-scratch");
        var options = target with { Journal = target.Journal with { Directory = scratch } };
        EngineRecovery recovery;
        await using (var engine = DeviceEngine.Open(options, time))
        {
            using var reader = JournalReader.Open(new FileJournalStorage(journalDirectory));
            recovery = await engine.RebuildAsync(reader, cancellation).ConfigureAwait(false);
            if (reader.Gaps.Any(gap => gap.Reason == GapReason.BeforeFirst))
            {
                throw new InvalidDataException($"{journalDirectory}: the beginning of the journal is no longer there");
            }
        }

        Directory.Delete(scratch, recursive: true);
        return recovery;
    }
}
