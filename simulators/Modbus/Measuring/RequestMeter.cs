using System.Collections.Concurrent;
using System.Diagnostics;
using Fengsui.Modbus.Wire;

namespace Fengsui.Modbus.Measuring;

/// <summary>
/// When requests came, as a slave sees it: how far the time between two requests for the same registers is from the period, and whether the
/// schedule drifts over the run.
/// </summary>
internal sealed class RequestMeter(TimeSpan? period, TimeSpan warmUp)
{
    /// <summary>Tenths of a millisecond, up to a second.</summary>
    private const int Buckets = 10_000;

    private readonly ConcurrentDictionary<(int Slave, byte Function, ushort Address), Series> _series = new();
    private readonly long[] _deviations = new long[Buckets];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _requests;
    private long _misbehaved;
    private long _unknown;

    public long Requests => Volatile.Read(ref _requests);

    public long Misbehaviours => Volatile.Read(ref _misbehaved);

    public long UnknownUnits => Volatile.Read(ref _unknown);

    public void Misbehaved() => Interlocked.Increment(ref _misbehaved);

    public void Count(int slave, in SlaveRequest request)
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _requests);
        if (slave < 0)
        {
            Interlocked.Increment(ref _unknown);
        }
        else if (period is { } expected && Stopwatch.GetElapsedTime(_started, now) >= warmUp)
        {
            var series = _series.GetOrAdd((slave, request.Function, request.Address), static _ => new Series());
            lock (series)
            {
                if (series.Last != 0)
                {
                    var off = Math.Abs(Stopwatch.GetElapsedTime(series.Last, now).TotalMilliseconds - expected.TotalMilliseconds);
                    Interlocked.Increment(ref _deviations[Math.Min(Buckets - 1, (int)(off * 10))]);
                }
                else
                {
                    series.First = now;
                }

                series.Last = now;
                series.Count++;
            }
        }
    }

    /// <summary>Milliseconds that this share of the intervals is at most off by.</summary>
    public double JitterMs(double share)
    {
        var total = _deviations.Sum();
        var rest = (long)Math.Ceiling(total * share);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            rest -= _deviations[bucket];
            if (rest <= 0)
            {
                return total == 0 ? 0 : (bucket + 1) / 10.0;
            }
        }

        return Buckets / 10.0;
    }

    /// <summary>The largest difference, over all series, between the mean interval and the period, in ms.</summary>
    public double DriftMs() => period is not { } expected ? 0 : _series.Values.Where(series => series.Count > 1).Select(series =>
        Math.Abs((Stopwatch.GetElapsedTime(series.First, series.Last).TotalMilliseconds / (series.Count - 1)) - expected.TotalMilliseconds)).DefaultIfEmpty(0).Max();

    private sealed class Series
    {
        public long First { get; set; }

        public long Last { get; set; }

        public long Count { get; set; }
    }
}
