using System.Diagnostics;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;
using Xunit.Abstractions;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>A start reads what is remembered and the segments after it, however long the log is. The times are shown, not judged.</summary>
public sealed class StartTimeTests(ITestOutputHelper output)
{
    private const int Entries = 60_000;

    [Fact]
    public void A_start_reads_no_more_than_what_follows_the_memory()
    {
        using var directory = new TemporaryDirectory();
        var book = new AlertBook(new AlertBookOptions());
        var desk = new AlertDeskCore();
        Write(directory.Path, desk, book);
        var (read, whole) = (0, Stopwatch.StartNew());
        using (var log = AlertLog.Open(directory.Path, false, 4 << 20, null, _ => read++))
        {
            Assert.Equal((Entries, Entries), (read, log.Count));
        }

        whole.Stop();
        read = 0;
        var fast = Stopwatch.StartNew();
        var memory = AlertMemory.Find(directory.Path);
        Assert.NotNull(memory);
        new AlertDeskCore().Restore(memory.Desk);
        using (var log = AlertLog.Open(directory.Path, false, 4 << 20, memory.Place, _ => read++))
        {
            Assert.Equal(Entries, log.Count);
            Assert.InRange(read, 1, (4 << 20) / 200);
        }

        var bytes = AlertSegment.List(directory.Path).Sum(segment => new FileInfo(segment.Path).Length);
        var (count, path) = AlertMemoryFile.List(directory.Path)[0];
        output.WriteLine(FormattableString.Invariant(
            $"{Entries} entries, {bytes >> 20} MiB: {whole.Elapsed.TotalSeconds:F2} s whole; {fast.Elapsed.TotalSeconds:F2} s from a memory of {count} entries, {memory.Alerts.Count} alerts, {new FileInfo(path).Length >> 10} KiB"));
    }

    /// <summary>Of ten alerts one stays open.</summary>
    private static void Write(string directory, AlertDeskCore desk, AlertBook book)
    {
        using var log = AlertLog.Open(directory, false, 4 << 20, null, _ => { });
        for (var i = 1; i <= Entries; i++)
        {
            var alert = (i - 1) / 2;
            var entry = AlertSamples.At(i, state: i % 2 == 1 ? AlertState.Firing : AlertState.Resolved, alert: $"a{alert}", sequence: 2 - (i % 2)) with
            {
                Device = $"d{alert}",
                IsShadow = alert % 10 != 0,
                Version = 2 - (i % 2),
            };
            log.Stage(entry);
            desk.Fold(entry);
            book.Apply(entry);
            if (i % 100 == 0)
            {
                log.Flush();
                if (log.TryRoll())
                {
                    AlertMemoryFile.Write(directory, new AlertMemory(log.Place, desk.Image(), book.Image(), []));
                }
            }
        }
    }
}
