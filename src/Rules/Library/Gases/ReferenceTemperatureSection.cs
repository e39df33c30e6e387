using System.Globalization;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Gases;

/// <summary><c>reference_temperature: 20 °C</c>: the temperature at which a cubic metre of the rule set's mg/m³ is meant.</summary>
internal sealed class ReferenceTemperatureSection : ILibrarySection
{
    private const double MinCelsius = -50;
    private const double MaxCelsius = 60;
    private const string Expected = "a temperature from -50 to 60 °C, such as 20 °C";

    private static readonly string[] Suffixes = ["°C", "℃"];

    private YamlScalar? _first;

    public string Key => "reference_temperature";

    public double Celsius { get; private set; } = GasBasis.DefaultReferenceCelsius;

    public void Read(YamlMap file)
    {
        if (file.Scalar(Key) is not { } scalar)
        {
            return;
        }

        if (CelsiusOf(scalar.Text) is not { } celsius)
        {
            file.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{Key}' is {scalar.Kind}", Expected);
        }
        else if (_first is { } first && celsius != Celsius)
        {
            file.Diagnostics.Error(scalar.Spot, DiagnosticCodes.Conflict, $"'{Key}' is {scalar.Kind} here and '{first.Text}' in {first.Spot.File}:{first.Spot.Line}", "one reference temperature for the rule set");
        }
        else
        {
            (_first, Celsius) = (_first ?? scalar, celsius);
        }
    }

    private static double? CelsiusOf(string text)
    {
        var number = text.AsSpan().Trim();
        foreach (var suffix in Suffixes)
        {
            number = number.EndsWith(suffix) ? number[..^suffix.Length].TrimEnd() : number;
        }

        var isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var celsius);
        return isNumber && celsius is >= MinCelsius and <= MaxCelsius ? celsius : null;
    }
}
