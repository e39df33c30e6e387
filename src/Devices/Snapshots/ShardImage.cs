using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Snapshots;

/// <summary>One shard's part of a snapshot: its actors and zones, packed, and its ledger, all as of one journal position.</summary>
internal sealed record ShardImage(
    long ClockMs,
    long WatchMs,
    RuleSetRecord? Rules,
    LedgerBook Ledger,
    DeclaredCounts Declared,
    DeviceFacts[] Facts,
    IReadOnlyList<KeyValuePair<int, byte[]>> Actors,
    IReadOnlyList<string> ZoneNames,
    IReadOnlyList<KeyValuePair<int, byte[]>> Zones);
