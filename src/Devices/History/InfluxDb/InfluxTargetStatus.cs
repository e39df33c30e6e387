namespace Fengsui.Devices.History.InfluxDb;

/// <summary>One target as it is now. Counts are since the process started, but for those that say otherwise.</summary>
/// <param name="Position">Journal position up to which everything is written, durably known.</param>
/// <param name="End">Where the journal ends.</param>
/// <param name="LagBytes">Journal bytes that are not written yet.</param>
/// <param name="LagMs">Age of the oldest reading that is not written yet, ms; 0 when there is none.</param>
/// <param name="Lines">Lines that the server has taken.</param>
/// <param name="Bytes">Bytes of these lines, before compression.</param>
/// <param name="Requests">All requests, answered or not.</param>
/// <param name="Retries">Requests that had to be made again.</param>
/// <param name="Rejected">Lines kept aside because the server refuses them or the mapping does not fit them.</param>
/// <param name="LeftOut">Values that line protocol has no form for, and bad ones.</param>
/// <param name="LostBytes">Journal bytes that were gone, or damaged, before they were written; at least, and over the life of the position file.</param>
/// <param name="LastError">What went wrong last; empty when nothing has since the start.</param>
public sealed record InfluxTargetStatus(
    string Name,
    string Url,
    string Generation,
    InfluxTargetState State,
    long Position,
    long End,
    long LagBytes,
    long LagMs,
    long Lines,
    long Bytes,
    long Requests,
    long Retries,
    long Rejected,
    long LeftOut,
    long LostBytes,
    string LastError,
    DateTimeOffset? LastErrorAt,
    DateTimeOffset? LastWriteAt);
