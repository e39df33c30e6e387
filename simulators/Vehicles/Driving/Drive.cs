namespace Fengsui.Vehicles.Driving;

/// <summary>One vehicle on its way: what it is like at each step follows from the seed alone.</summary>
internal sealed class Drive
{
    public const uint Sos = 1, PowerCut = 1u << 8, Area = 1u << 20, IllegalDoor = 1u << 31;

    /// <summary>Bits that a terminal keeps up until a report with them is acknowledged.</summary>
    public const uint UntilAcknowledged = 7u << 20;

    private const int FaultEvery = 60, FaultSteps = 10, StopEvery = 120, StopSteps = 8;
    private const double MetresPerSecondPerKmh = 1 / 3.6;

    private readonly DrivenRoute _route;
    private readonly VehiclesOptions _options;
    private readonly Random _random;
    private readonly long _startMs;
    private readonly bool _isFaulty;
    private readonly int _phase;
    private double _metres;
    private double _kmh;
    private int _step;

    public Drive(int vehicle, DrivenRoute route, VehiclesOptions options, long startMs)
    {
        _route = route;
        _options = options;
        _startMs = startMs;
        _random = new Random(unchecked((int)(options.Seed * 7_919) + vehicle));
        _isFaulty = vehicle < options.Vehicles * options.FaultShare;
        _phase = _random.Next(FaultEvery);
        _metres = _random.NextDouble() * route.Length * 2;
    }

    /// <summary>Drives on by one step.</summary>
    public VehicleState Next()
    {
        var seconds = 1 / _options.RateHz;
        var stands = (_step + _phase) % StopEvery < StopSteps;
        var isFault = _isFaulty && (_step + _phase) % FaultEvery < FaultSteps;
        _kmh = stands ? 0 : Math.Round(_options.SpeedKmh * (0.9 + (0.2 * _random.NextDouble())), 1);
        _metres += _kmh * MetresPerSecondPerKmh * seconds;
        var (latitude, longitude, heading) = _route.At(_metres);
        (latitude, longitude) = DrivenRoute.Beside(latitude, longitude, Noise(), Noise());
        var isDoorOpen = stands && isFault;
        var alarms = isFault ? ((_step / FaultEvery % 3) switch { 0 => Sos, 1 => Area, _ => PowerCut }) | (isDoorOpen ? IllegalDoor : 0) : 0;
        return new VehicleState(
            _startMs + (long)(_step++ * seconds) * 1_000,
            latitude,
            longitude,
            _kmh,
            heading,
            Math.Round(_metres / 1_000, 1),
            Math.Round(300 - (_metres / 1_000 * 0.3 % 250), 1),
            isFault ? 12 : -18,
            IsIgnitionOn: !stands,
            IsFixed: _random.Next(200) != 0,
            isDoorOpen,
            alarms);
    }

    private double Noise()
    {
        var (one, two) = (1 - _random.NextDouble(), _random.NextDouble());
        return _options.NoiseM * Math.Sqrt(-2 * Math.Log(one)) * Math.Cos(2 * Math.PI * two);
    }
}
