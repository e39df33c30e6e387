using System.Globalization;

namespace Fengsui.Vehicles;

/// <summary>What became of one run.</summary>
/// <param name="Sent">Positions sent, those sent again included.</param>
/// <param name="Batches">0x0704 messages among what was sent.</param>
/// <param name="Acked">Positions answered as done.</param>
/// <param name="Refused">Positions answered as anything else.</param>
/// <param name="Unacknowledged">Positions without an answer at the end.</param>
/// <param name="Dropped">Positions that a vehicle could not keep any longer while it had no connection.</param>
/// <param name="Connects">Connections that were authenticated.</param>
/// <param name="Failures">Connections, and attempts at one, that failed.</param>
public sealed record VehiclesSummary(
    long Sent, long Batches, long Acked, long Refused, long Unacknowledged, long Dropped, long Connects, long Failures)
{
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"sent\":{Sent},\"batches\":{Batches},\"acked\":{Acked},\"refused\":{Refused},\"unacknowledged\":{Unacknowledged},\"dropped\":{Dropped},\"connects\":{Connects},\"failures\":{Failures}}}");
}
