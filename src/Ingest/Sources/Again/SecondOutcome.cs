using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Sources.Again;

/// <summary>What became of a second try.</summary>
/// <param name="Reason">Why it is refused again, and nothing of it stored; <see cref="RejectReason.None"/> when all of it is durable.</param>
/// <param name="Impossible">Why input of this kind cannot be tried again at all; empty when it was.</param>
public readonly record struct SecondOutcome(RejectReason Reason, string Impossible);
