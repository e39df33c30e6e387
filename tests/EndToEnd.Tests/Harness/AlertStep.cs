namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>
/// One line of the alert log without what legitimately differs between two runs of one input: journal positions and times of receipt.
/// </summary>
internal sealed record AlertStep(
    string Alert, int Sequence, string State, string Tier, string Rule, string Device, long TimeMs, long StartMs, string Values);
