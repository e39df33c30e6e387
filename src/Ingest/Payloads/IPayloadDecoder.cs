using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads;

/// <summary>Reads messages of one form for one connection. Called by that connection's read loop only.</summary>
internal interface IPayloadDecoder
{
    /// <summary>Hands the readings of one message to <paramref name="rows"/>, which has begun it and is ended by the caller.</summary>
    /// <param name="topic">UTF-8.</param>
    /// <param name="payload">Valid only during the call.</param>
    /// <param name="rows">Takes the readings. A part that cannot be stored is left out of it with its reason, and the rest stays.</param>
    /// <param name="devices">From names to devices.</param>
    /// <returns>Why the whole message is refused, or <see cref="RejectReason.None"/>.</returns>
    RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices);
}
