using Fengsui.Rules.Model;

namespace Fengsui.Devices.Replay;

/// <summary>What a rule saw after one row, tick or fact.</summary>
/// <param name="EventMs">Event time of the row, ms since 1970 UTC; where there was none, the journal's time.</param>
/// <param name="ReceiveMs">Journal time, ms since 1970 UTC.</param>
/// <param name="Position">Of the batch in the journal.</param>
/// <param name="Index">Of the entry in the batch.</param>
/// <param name="Source">Who sent it, such as <c>mqtt/gateway-1</c>; <c>tick</c> where only time passed, <c>journal</c> for anything else.</param>
/// <param name="Values">In the order of the rule's inputs; NaN is unknown.</param>
/// <param name="Levels">How the conditions judged, in the order of the rule's levels, without their durations.</param>
public sealed record ExplainedReading(
    long EventMs, long ReceiveMs, long Position, int Index, string Source, IReadOnlyList<double> Values, IReadOnlyList<Truth> Levels);
