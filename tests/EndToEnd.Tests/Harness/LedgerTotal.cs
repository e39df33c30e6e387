namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>The ledger as the API tells it.</summary>
internal sealed record LedgerTotal(bool Balanced, long Received, long Applied, long Duplicate, long DeadLettered, long Refused);
