using System.Globalization;
using Fengsui.Api.Endpoints;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>A value that a rule read.</summary>
internal static class ValueWords
{
    public static string Of(string input, double value)
    {
        if (JsonParts.IsPosition(input))
        {
            var position = GeoPosition.Unpack(value);
            return string.Create(CultureInfo.InvariantCulture, $"{position.Latitude:0.00000},{position.Longitude:0.00000}");
        }

        return double.IsNaN(value) ? "unknown" : value.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
