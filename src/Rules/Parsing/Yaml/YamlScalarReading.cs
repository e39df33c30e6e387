using System.Globalization;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>The getters of <see cref="YamlMap"/> for single values.</summary>
public static class YamlScalarReading
{
    private static readonly string[] Booleans = ["true", "false"];

    public static YamlScalar? Scalar(this YamlMap map, string key) => AsScalar(map, key, map.Node(key), "a single value");

    public static YamlScalar? RequiredScalar(this YamlMap map, string key) => AsScalar(map, key, map.RequiredNode(key), "a single value");

    /// <summary>An empty text (<c>""</c>) is a value.</summary>
    public static string? String(this YamlMap map, string key, string? fallback = null) =>
        AsScalar(map, key, map.Node(key), "a text")?.Text ?? fallback;

    /// <summary>Null, with a diagnostic, when absent or blank.</summary>
    public static string? RequiredString(this YamlMap map, string key)
    {
        var scalar = AsScalar(map, key, map.RequiredNode(key), "a text");
        if (scalar is null || !string.IsNullOrWhiteSpace(scalar.Text))
        {
            return scalar?.Text;
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{key}' is blank", "a text");
        return null;
    }

    public static bool Boolean(this YamlMap map, string key, bool fallback) =>
        Choice(map, key, fallback, [new("true", true), new("false", false)], Booleans);

    /// <summary>One of the given words.</summary>
    public static T Choice<T>(this YamlMap map, string key, T fallback, IReadOnlyList<KeyValuePair<string, T>> choices) =>
        Choice(map, key, fallback, choices, [.. choices.Select(choice => choice.Key)]);

    public static int Integer(this YamlMap map, string key, int fallback, int min, int max) =>
        (int)Long(map, key, fallback, min, max);

    public static long Long(this YamlMap map, string key, long fallback, long min, long max)
    {
        var expected = $"a whole number from {min} to {max}";
        if (AsScalar(map, key, map.Node(key), expected) is not { } scalar)
        {
            return fallback;
        }

        var isNumber = long.TryParse(scalar.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return InRange(map, key, scalar, isNumber, isNumber && value >= min && value <= max, expected) ? value : fallback;
    }

    public static double Number(this YamlMap map, string key, double fallback, double min = double.MinValue, double max = double.MaxValue)
    {
        var expected = min == double.MinValue && max == double.MaxValue ? "a number" : string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");
        if (AsScalar(map, key, map.Node(key), expected) is not { } scalar)
        {
            return fallback;
        }

        var isNumber = double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        return InRange(map, key, scalar, isNumber, isNumber && value >= min && value <= max, expected) ? value : fallback;
    }

    /// <summary>Milliseconds; see <see cref="DurationText"/>.</summary>
    public static long DurationMs(this YamlMap map, string key, long fallbackMs, long minMs = 0, long maxMs = DurationText.MaxMs)
    {
        if (AsScalar(map, key, map.Node(key), DurationText.Expected) is not { } scalar)
        {
            return fallbackMs;
        }

        var isDuration = DurationText.TryParse(scalar.Text, out var value);
        if (!isDuration && DurationText.TryParse(scalar.Text + "s", out _))
        {
            map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{key}' is {scalar.Kind} without a unit; did you mean '{scalar.Text}s'?", DurationText.Expected);
            return fallbackMs;
        }

        var expected = isDuration ? $"from {DurationText.Format(minMs)} to {DurationText.Format(maxMs)}" : DurationText.Expected;
        return InRange(map, key, scalar, isDuration, isDuration && value >= minMs && value <= maxMs, expected) ? value : fallbackMs;
    }

    /// <summary>Bytes; see <see cref="ByteSizeText"/>.</summary>
    public static long Bytes(this YamlMap map, string key, long fallback, long min = 0, long max = long.MaxValue)
    {
        if (AsScalar(map, key, map.Node(key), ByteSizeText.Expected) is not { } scalar)
        {
            return fallback;
        }

        var isSize = ByteSizeText.TryParse(scalar.Text, out var value);
        var expected = isSize ? $"from {min} to {max} bytes" : ByteSizeText.Expected;
        return InRange(map, key, scalar, isSize, isSize && value >= min && value <= max, expected) ? value : fallback;
    }

    internal static YamlScalar? AsScalar(YamlMap map, string key, YamlNode? node, string expected)
    {
        if (node is null or YamlScalar)
        {
            return node as YamlScalar;
        }

        map.Diagnostics.Error(node.Spot, DiagnosticCodes.WrongType, $"'{key}' is {node.Kind}", expected);
        return null;
    }

    private static T Choice<T>(YamlMap map, string key, T fallback, IReadOnlyList<KeyValuePair<string, T>> choices, string[] words)
    {
        var expected = "one of " + string.Join(", ", words);
        if (AsScalar(map, key, map.Node(key), expected) is not { } scalar)
        {
            return fallback;
        }

        foreach (var (word, value) in choices)
        {
            if (word == scalar.Text)
            {
                return value;
            }
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{key}' is {scalar.Kind}{NearMiss.Hint(scalar.Text, words)}", expected);
        return fallback;
    }

    private static bool InRange(YamlMap map, string key, YamlScalar scalar, bool isOfType, bool isInRange, string expected)
    {
        if (!isInRange)
        {
            map.Diagnostics.Error(scalar.Spot, isOfType ? DiagnosticCodes.OutOfRange : DiagnosticCodes.InvalidValue, $"'{key}' is {scalar.Kind}", expected);
        }

        return isInRange;
    }
}
