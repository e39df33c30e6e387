using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Decoding;

/// <summary>What holds for a whole row.</summary>
/// <param name="Device">Device id.</param>
/// <param name="Flags">Without <see cref="RowFlags.HasQualities"/>, which the stage adds.</param>
/// <param name="Fingerprint">Of a row without a time of its own, distinct within its message; 0 when there is none.</param>
/// <param name="EventTimeMs">ms since 1970 UTC.</param>
internal readonly record struct RowHead(int Device, RowFlags Flags, uint Fingerprint, long EventTimeMs);
