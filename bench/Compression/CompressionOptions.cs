using System.Globalization;

namespace Fengsui.Bench.Compression;

/// <summary>The command line.</summary>
internal sealed class CompressionOptions
{
    public const string Usage = """
        usage: Fengsui.Bench.Compression [--hours N] [--series FILE]... [--out DIR]

          --hours N      simulated hours of each simulator, 4 unless told
          --series FILE  a measured series as CSV, see tools/series; may be given often
          --out DIR      where compression.md goes, bench/results unless told

        Exit code 1 when a total is 2 bytes a reading or more.
        """;

    public double Hours { get; private set; } = 4;

    public List<string> Series { get; } = [];

    public string OutDirectory { get; private set; } = Path.Combine("bench", "results");

    public static bool TryParse(string[] args, out CompressionOptions options)
    {
        options = new CompressionOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !options.Set(args[i], args[i + 1]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--hours" when double.TryParse(value, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= 48:
                Hours = hours;
                return true;
            case "--series" when File.Exists(value):
                Series.Add(value);
                return true;
            case "--out":
                OutDirectory = value;
                return true;
            default:
                return false;
        }
    }
}
