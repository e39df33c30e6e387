namespace Fengsui.Fleet;

/// <summary>What one connection did. <paramref name="Unacknowledged"/> is what was still in flight when the run ended.</summary>
public sealed record FleetConnectionSummary(string ClientId, long Sent, long Acked, int Unacknowledged, long Reconnects);
