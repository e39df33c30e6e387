using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>How lines become readings.</summary>
internal sealed class LineOptions
{
    /// <summary>A line's device is its tag <c>device</c>, or else <c>host</c>, which agents set by themselves.</summary>
    public static LineOptions Default { get; } = new()
    {
        Device = new DeviceNames([Tag("device"), Tag("host")]),
    };

    public required DeviceNames Device { get; init; }

    /// <summary>A field's metric is <c>measurement.field</c> and not <c>field</c>.</summary>
    public bool NamesMeasurement { get; init; }

    /// <summary>Text that is no state word is passed over, and not kept as a dead letter.</summary>
    public bool IgnoresText { get; init; }

    /// <summary>The unit of timestamps where the request does not say it.</summary>
    public LinePrecision Precision { get; init; }

    private static NameTemplate Tag(string name) =>
        new($"{{tag.{name}}}", [new NamePart(NameVariable.Tag, System.Text.Encoding.UTF8.GetBytes(name))]);
}
