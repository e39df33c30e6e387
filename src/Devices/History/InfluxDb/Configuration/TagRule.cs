namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>One tag of every line.</summary>
/// <param name="Key">Its name in the database.</param>
/// <param name="Argument">The label's name, or the constant; empty otherwise.</param>
public sealed record TagRule(string Key, TagSource Source, string Argument = "")
{
    /// <summary>As the configuration writes it: <c>device</c>, <c>label:wing</c>, <c>=plant-7</c>. Null when it is none of these.</summary>
    public static TagRule? Parse(string key, string text) => text switch
    {
        "device" => new(key, TagSource.Device),
        "type" => new(key, TagSource.Type),
        "zone" => new(key, TagSource.Zone),
        "metric" => new(key, TagSource.Metric),
        _ when text.StartsWith("label:", StringComparison.Ordinal) && text.Length > 6 => new(key, TagSource.Label, text[6..]),
        _ when text.StartsWith('=') && text.Length > 1 => new(key, TagSource.Constant, text[1..]),
        _ => null,
    };
}
