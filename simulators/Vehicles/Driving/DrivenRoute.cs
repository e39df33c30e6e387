namespace Fengsui.Vehicles.Driving;

/// <summary>A line to drive along, to its end and back.</summary>
internal sealed class DrivenRoute
{
    private const double MetresPerDegree = 111_195;

    private readonly (double Latitude, double Longitude)[] _points;
    private readonly double[] _metres;

    /// <param name="id">As its file names it.</param>
    /// <param name="points">Latitude and longitude in degrees, at least two.</param>
    public DrivenRoute(string id, IReadOnlyList<(double Latitude, double Longitude)> points)
    {
        Id = id;
        _points = [.. points];
        _metres = new double[_points.Length];
        for (var i = 1; i < _points.Length; i++)
        {
            _metres[i] = _metres[i - 1] + Distance(_points[i - 1], _points[i]);
        }
    }

    /// <summary>A loop around a park in Shanghai, for those who bring no route.</summary>
    public static DrivenRoute BuiltIn { get; } = new(
        "built-in", [(30.8834, 121.6012), (30.8841, 121.6105), (30.8902, 121.6188), (30.8990, 121.6202), (30.9055, 121.6120), (30.9031, 121.6015)]);

    public string Id { get; }

    /// <summary>m, one way.</summary>
    public double Length => _metres[^1];

    /// <summary>Where one is after so many metres, and which way one looks.</summary>
    public (double Latitude, double Longitude, int Heading) At(double metres)
    {
        if (Length == 0)
        {
            return (_points[0].Latitude, _points[0].Longitude, 0);
        }

        var along = metres % (2 * Length);
        var isBack = along > Length;
        along = isBack ? (2 * Length) - along : along;
        var next = Array.BinarySearch(_metres, along) is >= 0 and var exact ? Math.Max(exact, 1) : ~Array.BinarySearch(_metres, along);
        next = Math.Min(next, _metres.Length - 1);
        var (from, to) = (_points[next - 1], _points[next]);
        var step = _metres[next] - _metres[next - 1];
        var share = step == 0 ? 0 : (along - _metres[next - 1]) / step;
        var heading = Bearing(from, to) + (isBack ? 180 : 0);
        return (
            from.Latitude + ((to.Latitude - from.Latitude) * share),
            from.Longitude + ((to.Longitude - from.Longitude) * share),
            (int)Math.Round(heading + 360) % 360);
    }

    /// <summary>A place so many metres north and east of another.</summary>
    public static (double Latitude, double Longitude) Beside(double latitude, double longitude, double northM, double eastM) =>
        (latitude + (northM / MetresPerDegree), longitude + (eastM / (MetresPerDegree * Math.Cos(latitude * Math.PI / 180))));

    private static double Distance((double Latitude, double Longitude) from, (double Latitude, double Longitude) to)
    {
        var (north, east) = Metres(from, to);
        return Math.Sqrt((north * north) + (east * east));
    }

    private static double Bearing((double Latitude, double Longitude) from, (double Latitude, double Longitude) to)
    {
        var (north, east) = Metres(from, to);
        return Math.Atan2(east, north) * 180 / Math.PI;
    }

    private static (double North, double East) Metres((double Latitude, double Longitude) from, (double Latitude, double Longitude) to) =>
        ((to.Latitude - from.Latitude) * MetresPerDegree,
            (to.Longitude - from.Longitude) * MetresPerDegree * Math.Cos((from.Latitude + to.Latitude) * Math.PI / 360));
}
