using Fengsui.Devices.Journal;
using Fengsui.Devices.Replay;

namespace Fengsui.Devices.Engine;

/// <summary>
/// Computes everything anew from a journal, into an empty directory: alert log, history, dead letters. Reads the journal
/// without a lock, so it may run beside the server that writes it. Two replays of the same journal are equal to the byte. A
/// journal whose beginning was deleted by retention is replayed from the oldest snapshot that it still follows.
/// </summary>
public static class JournalReplay
{
    /// <param name="dataDirectory">The data directory of the journal to read, and of the snapshots made from it.</param>
    /// <param name="target">What to open; its data directory must be empty.</param>
    /// <returns>Its <see cref="EngineRecovery.SnapshotPosition"/> says where the replay began.</returns>
    /// <exception cref="InvalidDataException">The journal's beginning is gone, and no snapshot tells what devices and rules
    /// there were.</exception>
    public static async Task<EngineRecovery> RunAsync(
        string dataDirectory, EngineOptions target, TimeProvider time, CancellationToken cancellation)
    {
        var scratch = Path.Combine(target.DataDirectory, "replay-scratch");
        var options = target with { Journal = target.Journal with { Directory = scratch } };
        var source = new JournalRunOptions { DataDirectory = dataDirectory };
        var start = ReplayStart.Find(source, damage => target.OnIncident?.Invoke(new EngineIncident("snapshots", damage, null)));
        EngineRecovery recovery;
        await using (var engine = DeviceEngine.Open(options, time))
        {
            engine.ShowAlerts(Path.Combine(dataDirectory, "alerts"), start?.Position ?? 0);
            using var reader = JournalReader.Open(new FileJournalStorage(source.JournalDirectory), start?.Position ?? 0);
            recovery = await engine.RebuildAsync(reader, start, cancellation).ConfigureAwait(false);
        }

        Directory.Delete(scratch, recursive: true);
        return recovery;
    }
}
