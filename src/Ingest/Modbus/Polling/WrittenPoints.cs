using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>
/// Of one request: what was written last, and so what must be written now. Points without a dead band are written with each answer; those with
/// one are written together, all of them as they are now, when one left its band or the last writing is too old. Not in every combination:
/// each set of metrics that goes together is declared in the journal.
/// </summary>
internal sealed class WrittenPoints
{
    /// <summary>A lasting failure is told this often.</summary>
    private const long BadRefreshMs = 30_000;

    private readonly RegisterPoint[] _points;
    private readonly double[] _written;
    private readonly long _refreshMs;
    private long _bandedMs = long.MinValue;
    private long _badMs = long.MinValue;

    public WrittenPoints(RegisterPoint[] points)
    {
        _points = points;
        _written = new double[points.Length];
        _refreshMs = points.Where(point => point.DeadBand is not null).Select(point => point.RefreshMs).DefaultIfEmpty(long.MaxValue).Min();
        HasUnbanded = points.Any(point => point.DeadBand is null);
    }

    /// <summary>Whether there are points that are written with each answer.</summary>
    public bool HasUnbanded { get; }

    /// <summary>Whether the values could not be read the last time.</summary>
    public bool IsBad { get; private set; }

    /// <summary>Whether the points with a dead band are to be written, and notes it if so.</summary>
    /// <param name="values">Of all points, NaN where there is none.</param>
    /// <param name="nowMs">When they were read.</param>
    public bool TakeBanded(ReadOnlySpan<double> values, long nowMs)
    {
        var wasBad = IsBad;
        IsBad = false;
        _badMs = long.MinValue;
        if (_refreshMs == long.MaxValue || (!wasBad && _bandedMs != long.MinValue && nowMs - _bandedMs < _refreshMs && !HasMoved(values)))
        {
            return false;
        }

        values.CopyTo(_written);
        _bandedMs = nowMs;
        return true;
    }

    /// <summary>Whether it is to be written that the values cannot be read, and notes it if so.</summary>
    public bool TakeBad(long nowMs)
    {
        if (IsBad && nowMs - _badMs < BadRefreshMs)
        {
            return false;
        }

        IsBad = true;
        _badMs = nowMs;
        return true;
    }

    private bool HasMoved(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _points.Length; i++)
        {
            if (_points[i].DeadBand is { } band && !IsWithin(values[i], _written[i], band))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWithin(double value, double written, double band) =>
        double.IsFinite(value) && double.IsFinite(written) ? Math.Abs(value - written) <= band : double.IsFinite(value) == double.IsFinite(written);
}
