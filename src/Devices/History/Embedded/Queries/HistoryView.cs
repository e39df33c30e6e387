using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>All that is readable at one moment: each row is in exactly one group or arena. Immutable.</summary>
internal sealed record HistoryView(GroupFile[] Groups, HistoryArena[] Arenas);
