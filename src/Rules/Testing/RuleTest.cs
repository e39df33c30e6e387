using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Testing;

/// <summary>One unit test: what comes in, and what the rules must make of it. Times are milliseconds after <see cref="StartMs"/>.</summary>
public sealed record RuleTest
{
    public required string Name { get; init; }

    public required SourceSpot Spot { get; init; }

    /// <summary>Journal time of the first sample, ms since 1970 UTC.</summary>
    public required long StartMs { get; init; }

    public required IReadOnlyList<TestDevice> Devices { get; init; }

    public required IReadOnlyList<TestSeries> Series { get; init; }

    /// <summary>What happens on the site, by time; those of one time in the order of the file.</summary>
    public required IReadOnlyList<TestEvent> Events { get; init; }

    /// <summary>Names of the rules whose transitions count; empty: all.</summary>
    public required IReadOnlyList<RuleReference> Rules { get; init; }

    public required IReadOnlyList<AlertExpectation> Alerts { get; init; }

    /// <summary>The whole sequence that is expected; null when the test does not say.</summary>
    public required IReadOnlyList<ExpectedTransition>? Transitions { get; init; }

    /// <summary>When the last thing happens that anybody waits for.</summary>
    public long EndMs => Alerts.Select(alert => alert.AtMs)
        .Concat(Transitions?.Select(transition => transition.AtMs) ?? [])
        .Concat(Series.Select(series => series.EndMs))
        .Concat(Events.Select(happening => happening.AtMs))
        .DefaultIfEmpty(0).Max();
}
