using System.Runtime.InteropServices;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Backfill;

/// <summary>
/// Puts the readings of the embedded history together again to the rows they came in, by device and time. Each call reads a
/// portion and lets go of the files, so that waiting for a server keeps no deleted file open.
/// </summary>
internal sealed class StoredRows(EmbeddedHistory history, DeviceRegistry registry)
{
    /// <summary>Bound on series that are read side by side, about 200 KiB each; a device with more of them is read in several passes.</summary>
    public const int MaxSeries = 64;

    /// <summary>The history keeps which batch a row came in, not which of its rows it was.</summary>
    private const int UnknownIndex = -1;

    private readonly List<(ushort Metric, IEnumerator<HistoryReading> Readings)> _open = [];
    private readonly List<(ushort Metric, HistoryReading Reading)> _sameTime = [];
    private readonly List<Shape> _shapes = [];
    private readonly List<ushort> _metrics = [];
    private readonly List<double> _values = [];
    private readonly List<Quality> _qualities = [];

    /// <summary>
    /// Gives the rows of one device to <paramref name="take"/> until it has no more in this pass, or <paramref name="isEnough"/> says
    /// so between two event times.
    /// </summary>
    /// <returns>Where to go on.</returns>
    public BackfillPlace Read(BackfillPlace at, AppliedRowTaker take, Func<bool> isEnough)
    {
        var metrics = history.Metrics(at.Device, long.MinValue, long.MaxValue).Where(metric => metric > at.AfterMetric).Order().Take(MaxSeries).ToList();
        if (metrics.Count == 0)
        {
            return at.AtNextDevice();
        }

        try
        {
            Open(at, metrics);
            for (var isFirst = true; _open.Count > 0; isFirst = false)
            {
                var time = Earliest();
                if (!isFirst && isEnough())
                {
                    return at with { FromMs = time };
                }

                Collect(time);
                Give(registry.Devices[at.Device], take);
            }
        }
        finally
        {
            _open.ForEach(series => series.Readings.Dispose());
            _open.Clear();
        }

        return metrics.Count < MaxSeries ? at.AtNextDevice() : at with { AfterMetric = metrics[^1], FromMs = long.MinValue };
    }

    private void Open(BackfillPlace at, List<ushort> metrics)
    {
        foreach (var metric in metrics)
        {
            var readings = history.QueryBetween(at.Device, metric, at.FromMs, at.AfterPosition, at.UpToPosition).GetEnumerator();
            if (readings.MoveNext())
            {
                _open.Add((metric, readings));
            }
            else
            {
                readings.Dispose();
            }
        }
    }

    private long Earliest()
    {
        var earliest = long.MaxValue;
        foreach (var (_, readings) in _open)
        {
            earliest = Math.Min(earliest, readings.Current.EventTimeMs);
        }

        return earliest;
    }

    /// <summary>Takes all readings of one event time, by journal position.</summary>
    private void Collect(long timeMs)
    {
        _sameTime.Clear();
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var (metric, readings) = _open[i];
            var more = true;
            for (; more && readings.Current.EventTimeMs == timeMs; more = readings.MoveNext())
            {
                _sameTime.Add((metric, readings.Current));
            }

            if (!more)
            {
                readings.Dispose();
                _open.RemoveAt(i);
            }
        }

        // The order of a series at one position is kept: of two values the later one must be written last.
        var ordered = _sameTime.OrderBy(one => one.Reading.JournalPosition).ThenBy(one => one.Metric).ToList();
        _sameTime.Clear();
        _sameTime.AddRange(ordered);
    }

    private void Give(Device device, AppliedRowTaker take)
    {
        for (var from = 0; from < _sameTime.Count;)
        {
            _metrics.Clear();
            _values.Clear();
            _qualities.Clear();
            var first = _sameTime[from].Reading;
            for (; from < _sameTime.Count && IsOfRow(first, _sameTime[from]); from++)
            {
                _metrics.Add(_sameTime[from].Metric);
                _values.Add(_sameTime[from].Reading.Value);
                _qualities.Add(_sameTime[from].Reading.Quality);
            }

            take(new AppliedRow
            {
                Position = first.JournalPosition,
                Index = UnknownIndex,
                Device = device,
                Shape = ShapeOf(),
                TimeMs = first.EventTimeMs,
                ReceiveMs = first.ReceiveTimeMs,
                Values = CollectionsMarshal.AsSpan(_values),
                Qualities = CollectionsMarshal.AsSpan(_qualities),
            });
        }
    }

    /// <summary>One batch may hold two rows of a device with one time: a metric is in a row once.</summary>
    private bool IsOfRow(in HistoryReading first, in (ushort Metric, HistoryReading Reading) next) =>
        next.Reading.JournalPosition == first.JournalPosition && (_metrics.Count == 0 || next.Metric > _metrics[^1]);

    private Shape ShapeOf()
    {
        foreach (var known in _shapes)
        {
            if (known.Metrics.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(_metrics)))
            {
                return known;
            }
        }

        if (_shapes.Count == MaxSeries)
        {
            _shapes.Clear();
        }

        var shape = new Shape(0, [.. _metrics]);
        _shapes.Insert(0, shape);
        return shape;
    }
}
