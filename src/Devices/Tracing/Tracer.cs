using Fengsui.Devices.Records;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;

namespace Fengsui.Devices.Tracing;

/// <summary>
/// Tells of a stored reading which connection and which record of the journal it came from, and where it went. Reads the files
/// of a data directory, takes no lock and changes nothing, so it is safe beside a running server.
/// </summary>
public sealed class Tracer : IDisposable
{
    /// <summary>Rows that are told of one question; there are more only where a gateway uses one time again and again.</summary>
    public const int MaxRows = 1_000;

    private readonly TraceFolders _folders;
    private readonly HistoryFolder _history;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<long, (TracedRecord Record, IReadOnlyList<RecordRow> Rows)> _records = [];

    /// <param name="dataDirectory">Of a server, running or not.</param>
    public Tracer(string dataDirectory, CancellationToken cancellation)
    {
        _folders = new TraceFolders(dataDirectory);
        _history = HistoryFolder.Open(_folders.History);
        _cancellation = cancellation;
    }

    /// <summary>The readings of that time, or of the nearest one; all of them when there are several of one time.</summary>
    /// <param name="withinMs">How far away the nearest may be.</param>
    /// <exception cref="InvalidDataException">The journal's beginning is gone, and no snapshot tells the names.</exception>
    public Trace Find(string device, string metric, long timeMs, long withinMs)
    {
        var tail = JournalTail.Read(_folders, _history.EndPosition, device, metric, timeMs, withinMs, _cancellation);
        var devices = tail.Registry.Devices;
        if (devices.Find(device) is not { } known)
            return Nothing($"no device {device} has ever reported{NearMiss.Hint(device, devices.All().Select(one => one.Name))}");
        if (!tail.Registry.Metrics.TryGet(metric, out var id))
            return Nothing($"no device has ever reported {metric}{NearMiss.Hint(metric, Enumerable.Range(0, tail.Registry.Metrics.Count).Select(one => tail.Registry.Metrics.NameOf((ushort)one)))}");
        var nearest = _history.NearestTime(known.Id, id, timeMs, withinMs);
        foreach (var row in tail.Rows)
            nearest = Nearness.Of(row.TimeMs, nearest, timeMs, withinMs);
        if (nearest is not { } found)
            return Nothing($"no reading of {metric} of {device} is stored within {withinMs} ms of that time");
        var stored = _history.At(known.Id, found, id).Concat(tail.Rows.Where(row => row.TimeMs == found)).OrderBy(row => row.Position).Take(MaxRows).ToList();
        var names = new TraceNames(tail.Registry, _folders.Rules);
        return Told(Outcomes(stored.Select(row => row.Position)), null, outcomes => stored.Select(row => Join(row, tail, names, known.Name, known.Id, id, outcomes)));
    }

    /// <summary>The record at a position of the journal, with its rows.</summary>
    /// <inheritdoc cref="Find"/>
    public Trace At(long position)
    {
        var tail = JournalTail.Read(_folders, _history.EndPosition, null, "", 0, 0, _cancellation);
        var (record, rows) = RecordFinder.Find(_folders, position, tail.Registry, _cancellation);
        if (record.State != RecordState.Present)
        {
            return Nothing(record.State switch
            {
                RecordState.Removed => $"the journal begins behind position {position}: retention has deleted what stood there. Ask by device, metric and time, which the history may still know",
                RecordState.Damaged => $"no intact record stands at position {position}: 'fengsui journal verify' tells of the damage",
                _ => $"the journal holds nothing at position {position}; it ends at {tail.EndPosition}",
            });
        }

        var names = new TraceNames(tail.Registry, _folders.Rules);
        return Told(Outcomes([record.Position]), record, outcomes => rows.Take(MaxRows).Select(row => Join(row, record, tail, names, outcomes)));
    }

    public void Dispose() => _history.Dispose();

    private Trace Nothing(string why) => new() { Missing = why, Faults = _history.Faults };

    private Trace Told((TargetTraces, AlertTraces) outcomes, TracedRecord? record, Func<(TargetTraces, AlertTraces), IEnumerable<TracedRow>> rows)
    {
        var told = rows(outcomes).OrderBy(row => row.Record.Position).ThenBy(row => row.Index).ToList();
        return new Trace { Rows = told, Record = record, Faults = _history.Faults };
    }

    private (TargetTraces Targets, AlertTraces Alerts) Outcomes(IEnumerable<long> positions)
    {
        var all = positions.ToHashSet();
        return (new TargetTraces(_folders.InfluxDb, all), new AlertTraces(_folders.Alerts, all));
    }

    /// <summary>A row of the history, or one that waits for it, with what its record adds.</summary>
    private TracedRow Join(StoredRow row, JournalTail tail, TraceNames names, string device, int deviceId, ushort metric, (TargetTraces Targets, AlertTraces Alerts) outcomes)
    {
        if (!_records.TryGetValue(row.Position, out var found))
            found = _records[row.Position] = RecordFinder.Find(_folders, row.Position, tail.Registry, _cancellation);
        var entry = found.Rows.Where(one => one.Device == deviceId && one.Fate != TracedFate.Repeat && IsPart(row.Values, one.Values))
            .OrderBy(one => one.TimeMs == row.TimeMs ? 0 : 1).ThenBy(one => one.Values.Count).FirstOrDefault();
        TracedValue[] values = [.. row.Values.OrderBy(value => value.Metric == metric ? 0 : 1).Select(names.Value)];
        return new TracedRow
        {
            Device = device,
            TimeMs = row.TimeMs,
            ReceiveMs = row.ReceiveMs,
            Source = TraceNames.Source(tail.Registry, row.Source),
            Values = values,
            Record = found.Record,
            Index = entry?.Index,
            Fate = entry?.Fate ?? (_history.WasNewerBefore(deviceId, row.TimeMs, row.Position) ? TracedFate.Late : TracedFate.InTime),
            HasServerTime = ((entry?.Flags ?? 0) & RowFlags.ServerTime) != 0,
            IsResent = ((entry?.Flags ?? 0) & RowFlags.Resent) != 0,
            History = row.Chunk is null ? HistoryState.Waiting : HistoryState.Stored,
            Chunk = row.Chunk,
            Tiers = [.. _history.Buckets(deviceId, metric, row.TimeMs, row.Position).Select(bucket => new TracedTier(values[0].Metric, bucket.StepMs, bucket.File, bucket.BucketMs))],
            Targets = outcomes.Targets.Of(row.Position, entry?.Index, row.ReceiveMs, values[0].IsUnusable),
            Alerts = outcomes.Alerts.Of(row.Position, entry?.Index, device, row.TimeMs),
        };
    }

    /// <summary>A row of a record, with where the history has it.</summary>
    private TracedRow Join(RecordRow row, TracedRecord record, JournalTail tail, TraceNames names, (TargetTraces Targets, AlertTraces Alerts) outcomes)
    {
        var device = tail.Registry.Devices[row.Device].Name;
        var isKept = row.Fate != TracedFate.Repeat;
        var stored = isKept ? _history.At(row.Device, row.TimeMs, null).Where(one => one.Position == record.Position && IsPart(one.Values, row.Values)).MaxBy(one => one.Values.Count) : null;
        TracedValue[] values = [.. row.Values.Select(names.Value)];
        return new TracedRow
        {
            Device = device,
            TimeMs = row.TimeMs,
            ReceiveMs = record.ReceiveMs,
            Source = record.Source,
            Values = values,
            Record = record,
            Index = row.Index,
            Fate = row.Fate ?? (_history.WasNewerBefore(row.Device, row.TimeMs, record.Position) ? TracedFate.Late : TracedFate.InTime),
            HasServerTime = (row.Flags & RowFlags.ServerTime) != 0,
            IsResent = (row.Flags & RowFlags.Resent) != 0,
            History = stored is not null ? HistoryState.Stored : isKept && record.Position > _history.EndPosition ? HistoryState.Waiting : HistoryState.Absent,
            Chunk = stored?.Chunk,
            StoredBefore = stored is null ? [] : [.. values.Select(value => value.Metric).Except(stored.Values.Select(value => tail.Registry.Metrics.NameOf(value.Metric)))],
            Tiers = isKept ? [.. row.Values.SelectMany(value => Buckets(row, record, value.Metric, tail))] : [],
            Targets = isKept ? outcomes.Targets.Of(record.Position, row.Index, record.ReceiveMs, values.All(value => value.IsUnusable)) : [],
            Alerts = outcomes.Alerts.Of(record.Position, row.Index, device, row.TimeMs),
        };
    }

    private IEnumerable<TracedTier> Buckets(RecordRow row, TracedRecord record, ushort metric, JournalTail tail) => _history.Buckets(row.Device, metric, row.TimeMs, record.Position)
        .Select(bucket => new TracedTier(tail.Registry.Metrics.NameOf(metric), bucket.StepMs, bucket.File, bucket.BucketMs));

    /// <summary>Whether what is stored is of that row: of a late row the history keeps the readings that it does not hold yet.</summary>
    private static bool IsPart(IReadOnlyList<(ushort Metric, double Value, Quality Quality)> stored, IReadOnlyList<(ushort Metric, double Value, Quality Quality)> row) =>
        stored.All(one => row.Any(other => other.Metric == one.Metric && other.Value.Equals(one.Value) && other.Quality == one.Quality));
}
