using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Decoding;

/// <summary>What the decoder must know of a message beside its JSON.</summary>
/// <param name="ReceiveMs">Journal time of the read that brought it, ms since 1970 UTC.</param>
/// <param name="Flags">What holds for every row of it: <see cref="RowFlags.Resent"/>.</param>
/// <param name="Fingerprint">Digest of client, packet id and payload for QoS 1 and 2; 0 otherwise.</param>
internal readonly record struct MessageContext(long ReceiveMs, RowFlags Flags, uint Fingerprint);
