using System.Globalization;
using Fengsui.Api.Endpoints;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>A value that a rule read.</summary>
internal static class ValueWords
{
    /// <summary>All that a rule read at one moment: <c>temperature = 30.06 °C, co = unknown</c>.</summary>
    /// <param name="unknown">What stands where there is no value.</param>
    public static string All(Rule rule, IReadOnlyList<double> values, string unknown) => string.Join(", ", rule.Inputs.Select((input, index) =>
    {
        var unit = rule.InputUnits[index];
        return $"{input} = {Of(rule, index, values[index], unknown)}{(unit.Length > 0 && !double.IsNaN(values[index]) ? " " + unit : "")}";
    }));

    /// <summary>What stands above a column of values: <c>temperature (°C)</c>.</summary>
    public static string Head(Rule rule, int index) => rule.InputUnits[index] is { Length: > 0 } unit ? $"{rule.Inputs[index]} ({unit})" : rule.Inputs[index];

    public static string Of(Rule rule, int index, double value, string unknown = "unknown")
    {
        var input = rule.Inputs[index];
        if (JsonParts.IsPosition(input))
        {
            var position = GeoPosition.Unpack(value);
            return string.Create(CultureInfo.InvariantCulture, $"{position.Latitude:0.00000},{position.Longitude:0.00000}");
        }

        return double.IsNaN(value) ? unknown
            : rule.TruthInputs[index] ? (value != 0 ? "true" : "false")
            : value.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
