using Fengsui.Api.Streaming;
using Fengsui.Devices.Alerts;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Offers transitions to the event streams. An event's id is its number in the alert log, so a client that comes back
/// with <c>Last-Event-ID</c> misses nothing.
/// </summary>
internal sealed class StreamAlertSink : IAlertSink
{
    public const string EventName = "alert";

    /// <summary>Opened after the engine; until then no client can be connected.</summary>
    public EventStream? Stream { get; set; }

    public static StreamEvent ToEvent(long number, AlertTransition transition) =>
        new(number, EventName, AlertJson.ToBytes(transition));

    public void Publish(long firstNumber, IReadOnlyList<AlertTransition> transitions, AlertBook book)
    {
        for (var i = 0; i < transitions.Count; i++)
        {
            if (!transitions[i].IsShadow)
            {
                Stream?.Publish(ToEvent(firstNumber + i, transitions[i]));
            }
        }
    }
}
