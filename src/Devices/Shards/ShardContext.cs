using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Shards;

/// <summary>What the shards share.</summary>
internal sealed record ShardContext(
    ShardOptions Options,
    int ShardCount,
    DeviceRegistry Registry,
    RuleSetCache RuleSets,
    EmbeddedHistory History,
    DeadLetterStore DeadLetters,
    AlertSequencer Alerts,
    MarkCoordinator Marks,
    ActorHandover Handover,
    Action<int, string, Exception> Faulted);
