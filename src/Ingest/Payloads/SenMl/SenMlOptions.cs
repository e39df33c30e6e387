using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>How SenML packs become readings.</summary>
internal sealed class SenMlOptions
{
    public required DeviceNames Device { get; init; }

    /// <summary>Names of SenML that go by another one here.</summary>
    public required MetricNames Names { get; init; }

    /// <summary>The metric of a record whose whole name is its device's.</summary>
    public required byte[] Metric { get; init; }

    /// <summary>Text and data that no reading can hold are passed over, and not kept as a dead letter.</summary>
    public required bool IgnoresText { get; init; }

    /// <summary>Units of SenML that are converted.</summary>
    public required UnitChanges Units { get; init; }

    public required bool IsCbor { get; init; }
}
