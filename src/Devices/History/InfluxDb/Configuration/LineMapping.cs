using System.IO.Enumeration;

namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>How readings become measurements, tags and fields.</summary>
public sealed record LineMapping
{
    public LineLayout Layout { get; init; } = LineLayout.Wide;

    /// <summary>
    /// Name of the measurement; <c>{type}</c>, <c>{zone}</c>, <c>{device}</c> and, with <see cref="LineLayout.Tall"/>,
    /// <c>{metric}</c> are replaced.
    /// </summary>
    public string Measurement { get; init; } = "telemetry";

    /// <summary>Sorted by key when lines are written, which is what the servers like best.</summary>
    public IReadOnlyList<TagRule> Tags { get; init; } =
        [new("device", TagSource.Device), new("type", TagSource.Type), new("zone", TagSource.Zone)];

    /// <summary>Metrics that are written under another name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Patterns (*, ?) of metrics that are not written.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Patterns of metrics written as integers (<c>12i</c>). A value that is none is kept aside with its reason.</summary>
    public IReadOnlyList<string> Integers { get; init; } = [];

    /// <summary>Patterns of metrics written as true and false. A value other than 0 and 1 is kept aside with its reason.</summary>
    public IReadOnlyList<string> Booleans { get; init; } = [];

    public QualityField Quality { get; init; } = QualityField.Omit;

    public TimePrecision Precision { get; init; } = TimePrecision.Milliseconds;

    /// <summary>A time of the journal in the unit of <see cref="Precision"/>.</summary>
    internal long TimeOf(long ms) => Precision switch
    {
        TimePrecision.Seconds => (long)Math.Floor(ms / 1000.0),
        TimePrecision.Microseconds => ms * 1_000,
        TimePrecision.Nanoseconds => ms * 1_000_000,
        _ => ms,
    };

    internal static bool Matches(IReadOnlyList<string> patterns, string metric) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, metric, ignoreCase: false));
}
