using Fengsui.Devices.Alerts;

namespace Fengsui.Api.Streaming;

/// <summary>One event of a stream.</summary>
/// <param name="Id">Its place in the source: later events have greater ids, and the source can be read again from one.</param>
/// <param name="Name">The event's type, a word without line breaks.</param>
/// <param name="Data">UTF-8 text, usually JSON. Not changed after publication, since all clients share it.</param>
public readonly record struct StreamEvent(long Id, string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>The entry that it tells of, for filters; null for what no filter asks about.</summary>
    public AlertEntry? Entry { get; init; }
}
