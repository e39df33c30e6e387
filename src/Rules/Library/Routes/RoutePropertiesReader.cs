using System.Globalization;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Routes;

/// <summary>Reads the properties of one feature. Others may stand beside ours, as map editors write them: only what looks like a misspelt one is remarked on.</summary>
internal sealed class RoutePropertiesReader(YamlMap properties)
{
    private const string Width = "width_m";
    private const string HalfWidth = "corridor_m";
    private const string From = "valid_from";
    private const string To = "valid_to";

    private static readonly string[] Known = ["id", "name", Width, HalfWidth, From, To];

    private readonly DiagnosticBag _diagnostics = properties.Diagnostics;

    public RouteProperties Read()
    {
        RemarkOnMisspelt();
        var (hasWidth, hasHalf) = (properties.Has(Width), properties.Has(HalfWidth));
        if (hasWidth && hasHalf)
        {
            _diagnostics.Error(properties.SpotOf(HalfWidth), DiagnosticCodes.InvalidValue, $"both '{Width}' and '{HalfWidth}' are given", $"'{Width}', the whole width, or '{HalfWidth}', the metres to either side");
        }

        var half = properties.Number(HalfWidth, 0, 0, RouteLimits.MaxHalfWidth);
        var whole = properties.Number(Width, 0, 0, 2 * RouteLimits.MaxHalfWidth);
        var (from, to) = (TimeOf(From), TimeOf(To));
        if (from >= to)
        {
            _diagnostics.Error(properties.SpotOf(To), DiagnosticCodes.OutOfRange, "the approved time window ends before it begins", $"a time after '{From}'");
        }

        return new RouteProperties(hasHalf ? half : whole / 2, hasWidth || hasHalf, from, to, properties.SpotOf(hasHalf ? HalfWidth : Width));
    }

    private void RemarkOnMisspelt()
    {
        foreach (var key in properties.Keys)
        {
            if (!Known.Contains(key.Text) && NearMiss.Of(key.Text, Known.Where(known => known.Contains('_', StringComparison.Ordinal))) is { } near)
            {
                _diagnostics.Warning(key.Spot, DiagnosticCodes.UnknownKey, $"the property '{key.Text}' means nothing here; did you mean '{near}'?");
            }
        }
    }

    private long? TimeOf(string key)
    {
        if (properties.Scalar(key) is not { } scalar)
        {
            return null;
        }

        // Without its offset a time means another moment on another machine.
        string[] forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"];
        var hasOffset = scalar.Text.EndsWith('Z') || (scalar.Text.Length > 6 && scalar.Text[^6] is '+' or '-' && scalar.Text[^3] == ':');
        if (hasOffset && DateTimeOffset.TryParseExact(scalar.Text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUnixTimeMilliseconds();
        }

        var missing = hasOffset ? "" : " without a time zone";
        _diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{key}' is {scalar.Kind}{missing}", "a time such as 2026-03-01T06:00:00+08:00");
        return null;
    }
}
