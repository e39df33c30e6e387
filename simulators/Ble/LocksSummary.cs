using System.Globalization;

namespace Fengsui.Ble;

/// <summary>What became of one run.</summary>
/// <param name="Adverts">Adverts that were in the air, forged ones included.</param>
/// <param name="Sent">Frames sent by gateways, those sent again included.</param>
/// <param name="Resent">Frames sent again.</param>
/// <param name="Acked">Frames acknowledged.</param>
/// <param name="Unacknowledged">Frames without an answer at the end.</param>
/// <param name="Connects">Connections that were let in.</param>
/// <param name="Failures">Connections, and attempts at one, that failed.</param>
public sealed record LocksSummary(long Adverts, long Sent, long Resent, long Acked, long Unacknowledged, long Connects, long Failures)
{
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"adverts\":{Adverts},\"sent\":{Sent},\"resent\":{Resent},\"acked\":{Acked},\"unacknowledged\":{Unacknowledged},\"connects\":{Connects},\"failures\":{Failures}}}");
}
