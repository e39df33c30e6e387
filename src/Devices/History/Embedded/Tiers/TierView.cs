using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>One tier at one moment. Immutable.</summary>
/// <param name="Groups">By end position; where two hold a bucket, the later one is right.</param>
/// <param name="BuiltPosition">Raw rows at or below it are in the buckets.</param>
/// <param name="FloorMs">From here on the tier has everything; what was older has been deleted.</param>
internal sealed record TierView(HistoryTierOptions Options, GroupFile[] Groups, long BuiltPosition, long FloorMs)
{
    public long StepMs => Options.StepMs;
}
