using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>
/// The files of an embedded history, read beside the server that writes them: without its index, which a second process could
/// not open without touching it. A merged file stands for those that it covers.
/// </summary>
internal sealed class HistoryFolder : IDisposable
{
    /// <summary>A merge may take files away between the listing and the opening; the next listing has the merged one.</summary>
    private const int MaxAttempts = 5;

    private readonly List<GroupFile> _raw = [];
    private readonly List<GroupFile> _tiers = [];
    private readonly List<string> _faults = [];
    private readonly ChunkLoader _loader;
    private readonly long[] _times = new long[RowColumns.MaxRows];

    private HistoryFolder() => _loader = new ChunkLoader(new DamageLog(incident => _faults.Add($"{incident.File}: {incident.Detail}")));

    /// <summary>Journal position up to which rows are in files; −1 when there is no file.</summary>
    public long EndPosition => _raw.Count == 0 ? -1 : _raw.Max(group => group.Info.EndPosition);

    /// <summary>What could not be read, in sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="directory">The folder <c>history</c> of a data directory; without it there is nothing.</param>
    public static HistoryFolder Open(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = new HistoryFolder();
            if (folder.TryOpenAll(directory) || attempt == MaxAttempts)
                return folder;
            folder.Dispose();
        }
    }

    /// <summary>The time of the stored reading that is nearest, the earlier of two; null when none is near enough.</summary>
    public long? NearestTime(int device, ushort metric, long timeMs, long withinMs)
    {
        long? nearest = null;
        foreach (var (group, entry) in Chunks(_raw, device, timeMs - withinMs, timeMs + withinMs + 1))
        {
            if (!_loader.TryOpen(group, entry) || _loader.Reader.ColumnOf(metric) < 0)
                continue;
            _loader.Reader.ReadTimes(_times);
            foreach (var time in _times.AsSpan(0, _loader.Reader.Rows))
                nearest = Nearness.Of(time, nearest, timeMs, withinMs);
        }

        return nearest;
    }

    /// <summary>The stored rows of a device with that time, with all their metrics.</summary>
    /// <param name="metric">Only rows that have it; null for all.</param>
    public List<StoredRow> At(int device, long timeMs, ushort? metric)
    {
        var rows = new List<StoredRow>();
        foreach (var (group, entry) in Chunks(_raw, device, timeMs, timeMs + 1))
        {
            if (_loader.TryOpen(group, entry) && (metric is not { } wanted || _loader.Reader.ColumnOf(wanted) >= 0))
                Read(new TracedChunk(group.Info.File, group.Info.Level, entry.Offset, entry.Length, entry.Rows), timeMs, rows);
        }

        return rows;
    }

    /// <summary>Whether the device had sent a newer row before: what is known of lateness without the journal.</summary>
    public bool WasNewerBefore(int device, long timeMs, long position)
    {
        var positions = new long[RowColumns.MaxRows];
        foreach (var (group, entry) in Chunks(_raw.Where(group => group.Info.StartPosition < position), device, timeMs + 1, long.MaxValue))
        {
            if (!_loader.TryOpen(group, entry))
                continue;
            _loader.Reader.ReadTimes(_times);
            _loader.Reader.ReadPositions(positions);
            for (var i = 0; i < _loader.Reader.Rows; i++)
            {
                if (_times[i] > timeMs && positions[i] < position)
                    return true;
            }
        }

        return false;
    }

    /// <summary>The buckets that hold what a row brought of a metric.</summary>
    public IEnumerable<(long StepMs, string File, long BucketMs)> Buckets(int device, ushort metric, long timeMs, long position)
    {
        foreach (var step in _tiers.Where(group => group.Info.StartPosition < position && position <= group.Info.EndPosition).GroupBy(group => group.Info.StepMs).OrderBy(step => step.Key))
        {
            var bucketMs = StepAggregator.StartOf(timeMs, step.Key);
            foreach (var (group, entry) in Chunks(step, device, bucketMs, bucketMs + 1))
            {
                if (TierEntry.MetricOf(entry) == metric)
                {
                    yield return (step.Key, group.Info.File, bucketMs);
                    break;
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (var group in _raw.Concat(_tiers))
            group.Release();
    }

    private bool TryOpenAll(string directory)
    {
        if (!Directory.Exists(directory))
            return true;
        var cache = new DirectoryCache(1024);
        foreach (var path in Directory.GetFiles(directory, "*" + GroupLayout.Extension))
        {
            try
            {
                var group = GroupFile.Open(path, cache);
                (group.Info.StepMs == 0 ? _raw : _tiers).Add(group);
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            catch (InvalidDataException damage)
            {
                _faults.Add($"{Path.GetFileName(path)}: {damage.Message}");
            }
        }

        LeaveOutCovered(_raw);
        LeaveOutCovered(_tiers);
        return true;
    }

    private static void LeaveOutCovered(List<GroupFile> groups)
    {
        var covered = groups.FindAll(group => groups.Exists(other => other.Info.StepMs == group.Info.StepMs && other.Info.Level > group.Info.Level && other.Info.Covers(group.Info)));
        covered.ForEach(group => group.Release());
        groups.RemoveAll(covered.Contains);
    }

    private IEnumerable<(GroupFile Group, DirectoryEntry Entry)> Chunks(IEnumerable<GroupFile> groups, int device, long fromMs, long toMs)
    {
        var found = new List<DirectoryEntry>();
        foreach (var group in groups.Where(group => group.Info.MinTimeMs < toMs && group.Info.MaxTimeMs >= fromMs))
        {
            found.Clear();
            _loader.Find(group, device, fromMs, toMs, found);
            foreach (var entry in found)
                yield return (group, entry);
        }
    }

    private void Read(TracedChunk chunk, long timeMs, List<StoredRow> rows)
    {
        var reader = _loader.Reader;
        reader.ReadTimes(_times);
        var first = _times.AsSpan(0, reader.Rows).IndexOf(timeMs);
        if (first < 0)
            return;
        var (positions, lags, sources) = (new long[RowColumns.MaxRows], new long[RowColumns.MaxRows], new long[RowColumns.MaxRows]);
        reader.ReadPositions(positions);
        reader.ReadLags(lags);
        reader.ReadSources(sources);
        var columns = Columns(reader);
        for (var i = first; i < reader.Rows && _times[i] == timeMs; i++)
        {
            rows.Add(new StoredRow(
                timeMs, positions[i], timeMs + lags[i], (int)sources[i], [.. columns.Select(column => (column.Metric, column.Values[i], column.Qualities[i]))], chunk));
        }
    }

    private static List<(ushort Metric, double[] Values, Quality[] Qualities)> Columns(ChunkReader reader)
    {
        var columns = new List<(ushort, double[], Quality[])>();
        for (var column = 0; column < reader.MetricCount; column++)
        {
            var (values, qualities) = (new double[RowColumns.MaxRows], new Quality[RowColumns.MaxRows]);
            reader.ReadValues(column, values);
            reader.ReadQualities(column, qualities);
            columns.Add((reader.Metrics[column], values, qualities));
        }

        return columns;
    }
}
