using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fengsui.Fleet;

namespace Fengsui.Bench.Compression;

/// <summary>Bytes a reading of the embedded history, on what the simulators send and on measured series.</summary>
internal sealed class CompressionRun(CompressionOptions options, TextWriter output)
{
    /// <summary>2026-05-04T08:00:00Z.</summary>
    private const long StartMs = 1_777_881_600_000;

    /// <summary>What the store is to stay below, bytes a reading.</summary>
    private const double Wanted = 2;

    private const int FleetDevices = 10;
    private const int AllMetrics = 12;

    private readonly StringBuilder _what = new();
    private readonly StringBuilder _totals = new();
    private readonly StringBuilder _lines = new();
    private bool _isMet = true;

    public async Task<int> RunAsync()
    {
        foreach (var plant in Plants())
        {
            await MeasureAsync(plant).ConfigureAwait(false);
        }

        Directory.CreateDirectory(options.OutDirectory);
        var report = Report();
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, "compression.md"), report).ConfigureAwait(false);
        await output.WriteLineAsync(report).ConfigureAwait(false);
        return _isMet ? 0 : 1;
    }

    private IEnumerable<IPlant> Plants()
    {
        yield return new FleetPlant("fleet-demo", "the demo fleet: 6 devices of 2 to 4 metrics at 10 Hz, a fire and a leak again and again", FleetProfiles.Demo("", 0), StartMs, options.Hours);
        yield return new FleetPlant(
            "fleet-all",
            $"{FleetDevices} devices with all {AllMetrics} metrics of the fleet at 10 Hz",
            new FleetOptions { Devices = FleetDevices, ValuesPerPoint = AllMetrics },
            StartMs,
            options.Hours);
        yield return new ScenarioPlant(StartMs, options.Hours);
        if (options.Series.Count > 0)
        {
            yield return new SeriesPlant([.. options.Series.Select(path => new SeriesFile(path, StartMs))]);
        }
    }

    private async Task MeasureAsync(IPlant plant)
    {
        var directory = Directory.CreateTempSubdirectory("fengsui-compression-").FullName;
        try
        {
            var sizes = await new PlantRun(plant, StartMs, directory).RunAsync().ConfigureAwait(false);
            Add(sizes);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private void Add(PlantSizes sizes)
    {
        double readings = sizes.Readings;
        _isMet &= sizes.ReadingBytes / readings < Wanted;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| `{sizes.Plant.Name}` | {sizes.Readings:N0} | {sizes.Parts.Times / readings:N2} | {sizes.Parts.Lags / readings:N2} | {sizes.Parts.Positions / readings:N2} | {sizes.Parts.Values / readings:N2} | {sizes.ChunkBytes / readings:N2} | {sizes.ReadingBytes / readings:N2} | {sizes.TierBytes / readings:N2} |");
        output.WriteLine(row);
        _what.Append(CultureInfo.InvariantCulture, $"- `{sizes.Plant.Name}`: {sizes.Plant.What}.\n");
        _totals.Append(row).Append('\n');
        foreach (var (line, (bytes, count)) in sizes.Lines)
        {
            _lines.Append(CultureInfo.InvariantCulture, $"| `{sizes.Plant.Name}` | {line} | {count:N0} | {bytes / count:N2} |\n");
        }
    }

    private string Report() => string.Create(CultureInfo.InvariantCulture, $"""
        # Bytes a reading on disk

        Made by `bench/Compression`; [README.md](README.md) has the command, [tools/series](../../tools/series/README.md) the measured series. {options.Hours} simulated hours
        of each simulator at its own rate, through intake, decoders, journal and shards into an empty embedded history, with its flushes (one a minute), merges
        and tiers, by a clock that the messages drive; then the folder is closed and its files are counted. Messages of the fleets and of the series take 5 to 25 ms
        to arrive, those of the scenarios what their files say. Every reading keeps event time, receive time, journal position, source and quality.
        {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}; the same on every machine but for the instant at which a flush begins.

        {_what}
        *Chunks* are the compressed columns; *readings* are chunks, directories, headers and the SQLite index, all that the readings take; *tiers* are the buckets of a second
        and a minute, which stay when the readings go, and are beside them. Wanted: readings below {Wanted} bytes.

        | plant | readings | event times | receive times | positions | values | chunks | readings, all | tiers |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        {_totals}
        ## By series

        Chunk bytes a reading. What the metrics of a row share (times, position, source) is split evenly among them.

        | plant | series | readings | bytes a reading |
        | --- | --- | --- | --- |
        {_lines}
        """);
}
