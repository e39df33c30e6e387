using Fengsui.Devices.Ledger;

namespace Fengsui.Devices.Engine;

/// <summary>The ledger of one source.</summary>
public sealed record SourceLedger(string Source, LedgerCounts Counts);
