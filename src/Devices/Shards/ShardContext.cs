using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Shards;

/// <summary>What the shards share. A replay has no <see cref="History"/>, <see cref="DeadLetters"/> and <see cref="Marks"/>.</summary>
internal sealed record ShardContext(
    ShardOptions Options,
    int ShardCount,
    DeviceRegistry Registry,
    RuleSetCache RuleSets,
    EmbeddedHistory? History,
    DeadLetterStore? DeadLetters,
    MarkCoordinator? Marks,
    ActorHandover Handover,
    Action<int, string, Exception> Faulted)
{
    /// <summary>Whether the steps before an alert are kept too: only who explains asks for them.</summary>
    public bool KeepsSteps { get; init; }

    /// <summary>Whether the journal's own rule sets are passed over: a back-test brings its rules along.</summary>
    public bool IgnoresRuleSets { get; init; }
}
