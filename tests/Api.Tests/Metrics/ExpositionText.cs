using System.Globalization;

namespace Fengsui.Api.Tests.Metrics;

/// <summary>A strict reader of the Prometheus text format, written from its specification.</summary>
internal sealed class ExpositionText
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _help = new(StringComparer.Ordinal);

    public static ExpositionText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var result = new ExpositionText();
        var family = "";
        foreach (var line in text.Split('\n')[..^1])
        {
            var words = line.Split(' ', 4);
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                family = words[2];
                result._types.Add(family, words[3]);
            }
            else if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                result._help.Add(words[2], words[3]);
            }
            else
            {
                result.AddSample(line, family);
            }
        }

        return result;
    }

    public double Value(string name, string labels = "") => _samples[Key(name, labels)];

    public bool Has(string name, string labels = "") => _samples.ContainsKey(Key(name, labels));

    public int CountOf(string name) => _samples.Keys.Count(key => key == name || key.StartsWith(name + "{", StringComparison.Ordinal));

    public string TypeOf(string name) => _types[name];

    public string HelpOf(string name) => _help[name];

    private static string Key(string name, string labels) => labels.Length == 0 ? name : $"{name}{{{labels}}}";

    private void AddSample(string line, string family)
    {
        var space = line.LastIndexOf(' ');
        var series = line[..space];
        Assert.Matches("^[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*\\})?$", series);
        Assert.StartsWith(family, series, StringComparison.Ordinal);
        var value = line[(space + 1)..] switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number, CultureInfo.InvariantCulture),
        };
        Assert.True(_samples.TryAdd(series, value), $"{series} is given twice");
    }
}
