using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Decoding;

internal sealed record StagedReading(string Metric, double Value, Quality Quality)
{
    /// <summary>As in <c>co=1.5</c>, <c>co!</c> when its quality is bad.</summary>
    public override string ToString() =>
        Quality == Quality.Good ? FormattableString.Invariant($"{Metric}={Value:R}") : $"{Metric}!";
}
