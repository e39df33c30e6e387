using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>All that is readable at one moment: each row is in exactly one group or arena. Immutable.</summary>
internal sealed record HistoryView(GroupFile[] Groups, HistoryArena[] Arenas)
{
    /// <summary>Finest first.</summary>
    public TierView[] Tiers { get; init; } = [];

    /// <summary>From here on every reading is there; older ones may have been deleted.</summary>
    public long RawFloorMs { get; init; } = long.MinValue;
}
