using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>What one run of <see cref="TierBuilder"/> works on.</summary>
/// <param name="View">With the raw groups up to and with <paramref name="Raw"/>.</param>
/// <param name="Touched">Of the present device.</param>
internal sealed record TierBuildRun(HistoryView View, TierView Tier, GroupFile Raw, TierSink Sink, TimeRuns Touched)
{
    /// <summary>Start of the first bucket of which every reading is still there.</summary>
    public long WholeFromMs { get; } = View.RawFloorMs == long.MinValue
        ? long.MinValue
        : StepAggregator.StartOf(View.RawFloorMs + Tier.StepMs - 1, Tier.StepMs);
}
