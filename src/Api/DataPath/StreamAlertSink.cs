using Fengsui.Api.Streaming;
using Fengsui.Devices.Alerts;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Offers the entries of the alert log to the event streams. An event's id is its number in the alert log, so a client that comes back
/// with <c>Last-Event-ID</c> misses nothing.
/// </summary>
internal sealed class StreamAlertSink : IAlertSink
{
    public const string EventName = "alert";

    /// <summary>Opened after the engine; until then no client can be connected.</summary>
    public EventStream? Stream { get; set; }

    public static StreamEvent ToEvent(long number, AlertEntry entry) =>
        new(number, EventName, AlertJson.ToBytes(entry)) { Entry = entry };

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!entries[i].IsShadow)
            {
                Stream?.Publish(ToEvent(firstNumber + i, entries[i]));
            }
        }
    }
}
