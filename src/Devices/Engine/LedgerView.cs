using Fengsui.Devices.Ledger;

namespace Fengsui.Devices.Engine;

/// <summary>The ledgers of all sources, as of one journal position.</summary>
public sealed record LedgerView(long Position, LedgerCounts Total, IReadOnlyList<SourceLedger> Sources)
{
    /// <summary>Every source and the total: received = applied + duplicate + dead-lettered + refused.</summary>
    public bool IsBalanced => Total.IsBalanced && Sources.All(source => source.Counts.IsBalanced);
}
