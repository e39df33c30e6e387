using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.Registry;

namespace Fengsui.Bench.Compression;

/// <summary>Bytes of a closed history folder, by what they are for.</summary>
internal sealed class PlantSizes(IPlant plant, DeviceRegistry registry)
{
    private const int CachedBlocks = 16;

    public IPlant Plant => plant;

    /// <summary>Readings that are stored.</summary>
    public long Readings { get; private set; }

    /// <summary>Chunks of readings, without the directories of their files.</summary>
    public long ChunkBytes { get; private set; }

    /// <summary>Chunks, directories, headers and the index: all that the readings take.</summary>
    public long ReadingBytes { get; private set; }

    /// <summary>The buckets of the down-sampling tiers, which are kept when the readings are long gone.</summary>
    public long TierBytes { get; private set; }

    /// <summary>Of <see cref="ChunkBytes"/>: event times, receive times, journal positions, values with qualities. The rest is sources and heads of chunks.</summary>
    public (long Times, long Lags, long Positions, long Values) Parts { get; private set; }

    /// <summary>Chunk bytes and readings by line of the report; what columns share (times, positions) is split evenly among a row's values.</summary>
    public SortedDictionary<string, (double Bytes, long Readings)> Lines { get; } = new(StringComparer.Ordinal);

    public void Read(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(path);
            var bytes = new FileInfo(path).Length;
            if (name.StartsWith('t') && name.EndsWith(".fsh", StringComparison.Ordinal))
            {
                TierBytes += bytes;
                continue;
            }

            ReadingBytes += bytes;
            if (name.EndsWith(".fsh", StringComparison.Ordinal))
            {
                ReadGroup(path);
            }
        }
    }

    private void ReadGroup(string path)
    {
        var group = GroupFile.Open(path, new DirectoryCache(CachedBlocks));
        var reader = new ChunkReader();
        foreach (var entry in group.Entries(mistake => throw new InvalidDataException(mistake)))
        {
            var chunk = new byte[entry.Length];
            group.Read(entry.Offset, chunk);
            reader.Open(chunk);
            Add(registry.Devices[entry.Device].Name, reader, chunk.Length);
        }

        group.Release();
    }

    private void Add(string device, ChunkReader reader, int bytes)
    {
        ChunkBytes += bytes;
        Readings += (long)reader.Rows * reader.MetricCount;
        var (values, shared) = (0, (double)bytes);
        for (var column = 0; column < reader.MetricCount; column++)
        {
            values += reader.ValueBytes(column);
        }

        shared -= values;
        var parts = reader.SharedBytes;
        Parts = (Parts.Times + parts.Times, Parts.Lags + parts.Lags, Parts.Positions + parts.Positions, Parts.Values + values);

        for (var column = 0; column < reader.MetricCount; column++)
        {
            var line = plant.LineOf(device, registry.Metrics.NameOf(reader.Metrics[column]));
            var (sum, readings) = Lines.GetValueOrDefault(line);
            Lines[line] = (sum + reader.ValueBytes(column) + (shared / reader.MetricCount), readings + reader.Rows);
        }
    }
}
