using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fengsui.Bench.Replay;

/// <summary>The command line of the measure.</summary>
internal sealed class MeasureOptions
{
    public const string Usage = """
        usage: Fengsui.Bench.Replay --server PATH [--config DIR] [--seconds N] [--rounds N] [--memory yes|no] [--data DIR]

        Records 1,000 devices x 10 Hz x 5 values through the server's own intake and engine, by a clock that runs as fast as it can;
        then runs `fengsui rules replay` with the same rules over it and compares the alerts with the live run's, byte for byte.
        Exit code 1 when they differ, or when the replay is not 100 times faster than real time.

          --server PATH   the built fengsui.dll
          --config DIR    configuration whose rules are used (config), beside those of memory.yaml
          --seconds N     journal time that is recorded, 600 unless told; an hour takes 2.5 GB of disk
          --rounds N      replays, 3 unless told; the median counts
          --memory no     only the configuration's rules, without those of memory.yaml
          --data DIR      keep the recording here; otherwise it is removed
        """;

    public string ServerPath { get; private set; } = "";

    public string ConfigDirectory { get; private set; } = "config";

    public int Seconds { get; private set; } = 600;

    public int Rounds { get; private set; } = 3;

    /// <summary>Whether the rules of memory.yaml run too.</summary>
    public bool WithMemory { get; private set; } = true;

    public string? DataDirectory { get; private set; }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out MeasureOptions? options)
    {
        var read = new MeasureOptions();
        var isRight = args.Length > 0 && args.Length % 2 == 0;
        for (var i = 0; i + 1 < args.Length && isRight; i += 2)
        {
            isRight = read.Set(args[i], args[i + 1]);
        }

        options = isRight && read.ServerPath.Length > 0 ? read : null;
        return options is not null;
    }

    private bool Set(string name, string value)
    {
        var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0;
        switch (name)
        {
            case "--server" when File.Exists(value):
                ServerPath = Path.GetFullPath(value);
                return true;
            case "--config" when Directory.Exists(value):
                ConfigDirectory = Path.GetFullPath(value);
                return true;
            case "--seconds" when isNumber && number >= 2:
                Seconds = number;
                return true;
            case "--rounds" when isNumber:
                Rounds = number;
                return true;
            case "--memory" when value is "yes" or "no":
                WithMemory = value == "yes";
                return true;
            case "--data" when !Directory.Exists(value):
                DataDirectory = Path.GetFullPath(value);
                return true;
            default:
                return false;
        }
    }
}
