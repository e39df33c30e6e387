using Fengsui.Scenarios.Model;
using Fengsui.Vehicles.Driving;

namespace Fengsui.Scenarios.Physics;

/// <summary>Where a vehicle truly is: so far along its route as its speed has brought it, and so far beside it.</summary>
internal sealed class Drive
{
    /// <summary>The quantity in km/h.</summary>
    public const string Speed = "speed";

    /// <summary>The quantity in m, to the right of the line.</summary>
    public const string Offset = "offset";

    private const int StepMs = 500;
    private const double KmhPerMs = 3.6;

    private readonly Quantity _speed;
    private readonly Quantity _offset;
    private readonly DrivenRoute _route;
    private readonly double[] _metres;

    public Drive(ScenarioRoute route, Quantity speed, Quantity offset, long lastsMs)
    {
        _speed = speed;
        _offset = offset;
        _route = new DrivenRoute(route.Id, route.Points);
        _metres = new double[(lastsMs / StepMs) + 2];
        for (var i = 1; i < _metres.Length; i++)
        {
            var mean = (speed.At((i - 1) * StepMs) + speed.At(i * StepMs)) / 2;
            _metres[i] = _metres[i - 1] + (mean / KmhPerMs * StepMs / 1_000);
        }
    }

    /// <summary>Place without error, speed in km/h, heading in degrees, and km on the way.</summary>
    public (double Latitude, double Longitude, double SpeedKmh, int Heading, double Km) At(long atMs)
    {
        var index = Math.Clamp(atMs / (double)StepMs, 0, _metres.Length - 1.000_001);
        var (whole, share) = ((int)index, index - Math.Floor(index));
        var metres = _metres[whole] + ((_metres[whole + 1] - _metres[whole]) * share);
        var (latitude, longitude, heading) = _route.At(metres);
        var right = (heading + 90) * Math.PI / 180;
        var offset = _offset.At(atMs);
        var (beside, along) = DrivenRoute.Beside(latitude, longitude, offset * Math.Cos(right), offset * Math.Sin(right));
        return (beside, along, Math.Max(0, _speed.At(atMs)), heading, metres / 1_000);
    }
}
