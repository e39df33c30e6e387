using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fengsui.Bench.EndToEnd;

/// <summary>The command line of the benchmark.</summary>
internal sealed class BenchOptions
{
    public const string Usage = """
        usage: Fengsui.Bench.EndToEnd [--server PATH] [--config DIR] [--rounds N] [--seconds N] [--warm-up N] [--quick] [--out DIR] [--qos 0|1]
               Fengsui.Bench.EndToEnd --soak MINUTES --server PATH [--config DIR] [--out DIR]
               Fengsui.Bench.EndToEnd --stores --server PATH [--seconds N] [--out DIR]
               Fengsui.Bench.EndToEnd --storm --server PATH [--seconds N] [--quick] [--out DIR]
               Fengsui.Bench.EndToEnd --modbus --server PATH [--seconds N] [--warm-up N] [--out DIR]

          --server PATH   the built fengsui (executable or .dll); without it mosquitto runs alone
          --config DIR    configuration for fengsui; its embedded defaults otherwise
          --rounds N      rounds of A B A B, 3 unless told; medians and ranges are over rounds
          --seconds N     length of one measurement, 6 unless told; --warm-up N before it, 3 unless told
          --quick         one short round, for CI: says that it works, not how fast
          --qos N         only the cases of this QoS
          --soak MINUTES  10,000 devices x 10 Hz x 5 values by the clock: memory flat, nothing refused
          --stores        the embedded store alone, and beside it InfluxDB 1.x and VictoriaMetrics where they are installed
          --modbus        200 Modbus slaves at 10 Hz, the server on one processor: what it costs, and jitter as slaves see it
          --storm         1,000 alerts a second beside a dead, a slow and a cutting receiver; 60 seconds are the full length
          --out DIR       where the Markdown goes, bench/results unless told
        """;

    public string? ServerPath { get; private set; }

    public string? ConfigDirectory { get; private set; }

    public int Rounds { get; private set; } = 3;

    public double Seconds { get; private set; } = 6;

    public double WarmUpSeconds { get; private set; } = 3;

    public bool Quick { get; private set; }

    public int? Qos { get; private set; }

    public double SoakMinutes { get; private set; }

    public bool Stores { get; private set; }

    public bool Modbus { get; private set; }

    public bool Storm { get; private set; }

    public string OutDirectory { get; private set; } = Path.Combine("bench", "results");

    public static bool TryParse(string[] args, [NotNullWhen(true)] out BenchOptions? options, [NotNullWhen(false)] out string? mistake)
    {
        options = new BenchOptions();
        mistake = null;
        for (var i = 0; i < args.Length && mistake is null; i++)
        {
            if (args[i] == "--stores")
            {
                options.Stores = true;
            }
            else if (args[i] == "--storm")
            {
                options.Storm = true;
            }
            else if (args[i] == "--modbus")
            {
                options.Modbus = true;
            }
            else if (args[i] == "--quick")
            {
                options.Quick = true;
                options.Rounds = 1;
                options.Seconds = 1.5;
                options.WarmUpSeconds = 1;
            }
            else if (i + 1 == args.Length)
            {
                mistake = $"{args[i]} is unknown or needs a value";
            }
            else if (!options.Set(args[i], args[++i]))
            {
                mistake = $"{args[i - 1]} {args[i]} is not understood";
            }
        }

        if (mistake is null && (options.SoakMinutes > 0 || options.Modbus || options.Stores || options.Storm) && options.ServerPath is null)
        {
            mistake = "--soak, --modbus, --stores and --storm need --server";
        }

        return mistake is null;
    }

    private bool Set(string name, string value)
    {
        var isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= 0;
        switch (name)
        {
            case "--server" when File.Exists(value):
                ServerPath = Path.GetFullPath(value);
                return true;
            case "--config" when Directory.Exists(value):
                ConfigDirectory = Path.GetFullPath(value);
                return true;
            case "--out":
                OutDirectory = value;
                return true;
            case "--rounds" when isNumber && number >= 1:
                Rounds = (int)number;
                return true;
            case "--seconds" when isNumber && number > 0:
                Seconds = number;
                return true;
            case "--warm-up" when isNumber:
                WarmUpSeconds = number;
                return true;
            case "--qos" when value is "0" or "1":
                Qos = (int)number;
                return true;
            case "--soak" when isNumber && number > 0:
                SoakMinutes = number;
                return true;
            default:
                return false;
        }
    }
}
