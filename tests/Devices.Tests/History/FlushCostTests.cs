using System.Diagnostics;
using Fengsui.Devices.History.Embedded;
using Xunit;
using Xunit.Abstractions;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

/// <summary>Size and cost on what sensors send at 10 Hz. Times are printed; only sizes and generous ratios are asserted.</summary>
public sealed class FlushCostTests(ITestOutputHelper output)
{
    private const int Devices = 2000;
    private const int RowsPerDevice = 160;

    [Fact]
    public async Task Ten_hertz_telemetry_takes_less_than_two_bytes_a_reading()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder.Path) with { ArenaSizeBytes = 64 << 20, ArenasPerShard = 2, CompactionFanIn = 4 };
        await using var history = Open(options);
        var random = new Random(20);
        var state = Enumerable.Range(0, Devices).Select(_ => Sensor(random)).ToArray();
        var (position, appendNs) = (1L, 0L);
        for (var flush = 0; flush < 4; flush++)
        {
            appendNs += AppendFlush(history, state, random, flush, ref position);
            await FlushAsync(history, position);
        }

        var stats = history.Stats;
        var rows = 4L * Devices * RowsPerDevice;
        Assert.Equal(rows, stats.FlushedRows);
        output.WriteLine($"append {(double)appendNs / rows:F1} ns/row, flush {(double)stats.FlushBusyNs / rows:F1} ns/row");
        output.WriteLine($"{(double)stats.Bytes / stats.Readings:F3} bytes a reading, {(double)stats.Bytes / rows:F2} bytes a row");
        var merge = Stopwatch.StartNew();
        Assert.True(history.MaintainOnce());
        output.WriteLine($"merge {merge.Elapsed.TotalNanoseconds / rows:F1} ns/row, then {(double)history.Stats.Bytes / stats.Readings:F3} bytes a reading");
        Assert.True((double)stats.Bytes / stats.Readings < 2);
    }

    [Fact]
    public async Task A_day_of_ten_hertz_reads_as_a_thousand_points()
    {
        using var folder = new TemporaryFolder();
        await using var history = Open(Options(folder.Path) with { ArenaSizeBytes = 64 << 20, CompactionFanIn = 8 });
        var random = new Random(21);
        var sensor = Sensor(random);
        for (var i = 0; i < 864_000; i++)
        {
            Step(sensor, random);
            history.Writer(0).Append(5, StartMs + (i * 100L), Five, HistoryRowFlags.None, sensor, [], i + 1, StartMs + (i * 100L), 3);
            if (i % 40_000 == 39_999)
                await FlushAsync(history, i + 1);
        }

        await FlushAsync(history, 864_000);
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var points = history.Aggregate(5, 1, StartMs, StartMs + 86_400_000, 86_400).Count();
            output.WriteLine($"{points} points in {watch.Elapsed.TotalMilliseconds:F1} ms from {history.Stats.Groups} groups");
            Assert.InRange(points, 1000, 1001);
        }
    }

    private static long AppendFlush(EmbeddedHistory history, double[][] state, Random random, int flush, ref long position)
    {
        var watch = new Stopwatch();
        var writer = history.Writer(0);
        var buffer = new double[Devices * 5];
        var jitter = new long[Devices];
        for (var row = 0; row < RowsPerDevice; row++)
        {
            for (var device = 0; device < Devices; device++)
            {
                Step(state[device], random);
                state[device].CopyTo(buffer.AsSpan(device * 5));
                jitter[device] = random.Next(5);
            }

            var time = StartMs + ((((long)flush * RowsPerDevice) + row) * 100);
            watch.Start();
            for (var device = 0; device < Devices; device++)
            {
                position += device % 16 == 0 ? 1 : 0;
                writer.Append(device, time + jitter[device], Five, HistoryRowFlags.None, buffer.AsSpan(device * 5, 5), [], position, time + 10 + jitter[device / 16], device % 50);
            }

            watch.Stop();
        }

        return (long)watch.Elapsed.TotalNanoseconds;
    }

    private static double[] Sensor(Random random) =>
        [Math.Round(18 + (random.NextDouble() * 10), 2), Math.Round(40 + (random.NextDouble() * 20), 1), random.Next(3), Math.Round(random.NextDouble(), 2), 20.9];

    /// <summary>Temperature and humidity walk, CO and LEL flicker, oxygen mostly stands.</summary>
    private static void Step(double[] values, Random random)
    {
        values[0] = Math.Round(values[0] + ((random.NextDouble() - 0.5) * 0.1), 2);
        values[1] = Math.Round(values[1] + ((random.NextDouble() - 0.5) * 0.4), 1);
        values[2] = random.Next(3);
        values[3] = Math.Round(random.NextDouble() * 0.5, 2);
        values[4] = random.Next(20) == 0 ? 20.8 : 20.9;
    }
}
