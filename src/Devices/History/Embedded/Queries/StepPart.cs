using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>A part of a range of time, and where its steps are computed from.</summary>
/// <param name="Tier">Null for the readings.</param>
/// <param name="IsIncomplete">Readings that the tier has not summed up yet are to be added to its buckets.</param>
internal readonly record struct StepPart(TierView? Tier, long FromMs, long ToMs, bool IsIncomplete = false);
