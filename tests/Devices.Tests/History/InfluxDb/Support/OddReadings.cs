using EngineRow = Fengsui.Devices.Tests.Engine.Support.TestRow;

namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>Readings with everything that a name and a number can have, the same for a seed; some rows are sent twice, some late.</summary>
/// <param name="everyNumber">All that a double can hold; otherwise what sensors say, up to nine digits.</param>
internal sealed class OddReadings(InfluxRig rig, int seed, bool everyNumber)
{
    public static readonly string[] DeviceNames =
        ["plain-1", "with space", "comma,and=equals", "温度计-三号", "quote\"and'apostrophe", "back\\slash", "back\\,comma", "emoji-🛢️", "#hash", "trailing-dot."];

    /// <summary>As it is written: a backslash that servers do not read alike becomes its full-width form.</summary>
    public static string Written(string device) => device.Replace("\\,", "＼,", StringComparison.Ordinal);

    /// <summary>The last two are written as integers and as booleans.</summary>
    public static readonly string[] Metrics = ["temperature", "räume offen", "a,b=c", "浓度", "count", "is_open"];

    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 2.2250738585072014E-308, 0.1, 1.0 / 3, 9007199254740993,
        123456789012345680, 1e15, 1e16, 1e-7, 36.6, -40, 1e21, 5e-324, 1.7976931348623155E+308,
    ];

    private readonly Random _random = new(seed);

    /// <summary>About so many readings.</summary>
    public IEnumerable<EngineRow> Make(int readings)
    {
        var last = new Queue<EngineRow>();
        for (var step = 0; step < readings / (Metrics.Length * DeviceNames.Length); step++)
        {
            foreach (var device in DeviceNames)
            {
                var row = rig.Row(device, rig.StartMs + step * 100L, [.. Metrics.Select(metric => (metric, Value(metric)))]);
                yield return row;
                last.Enqueue(row);
            }

            if (_random.Next(10) == 0)
            {
                // A gateway sends again what was not acknowledged.
                foreach (var again in last)
                {
                    yield return again;
                }
            }

            while (last.Count > 4 * DeviceNames.Length)
            {
                last.Dequeue();
            }
        }
    }

    private double Value(string metric) => metric switch
    {
        "count" => _random.Next(4) == 0 ? 9007199254740992 : _random.Next(-1000, 1000),
        "is_open" => _random.Next(2),
        _ when !everyNumber => _random.Next(8) == 0 ? -0.0 : Math.Round((_random.NextDouble() - 0.3) * 100_000, _random.Next(5)),
        _ => _random.Next(3) switch
        {
            0 => Special[_random.Next(Special.Length)],
            1 => Math.Round(_random.NextDouble() * 100, 2),
            _ => BitConverter.Int64BitsToDouble(_random.NextInt64()) is var any && double.IsFinite(any) ? any : 0,
        },
    };
}
