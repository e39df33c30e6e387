using System.Diagnostics.Metrics;

namespace Fengsui.Api;

/// <summary>The host's own instruments, on the meter <c>Fengsui.Api</c>.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new("Fengsui.Api");

    public static readonly Histogram<double> HttpDuration = Meter.CreateHistogram<double>(
        "fengsui.http.request.duration", "s", "Time from an HTTP request to the end of its answer, streams excepted.");

    public static readonly Counter<long> HttpConnectionsRefused = Meter.CreateCounter<long>(
        "fengsui.http.connections.refused", "{connection}", "HTTP connections closed because http.max_connections were open.");

    public static readonly Counter<long> HttpDenied = Meter.CreateCounter<long>(
        "fengsui.http.denied", "{request}", "HTTP requests denied, by cause.");

    public static readonly Counter<long> MqttTurnedAway = Meter.CreateCounter<long>(
        "fengsui.mqtt.connections.turned_away", "{connection}", "MQTT connections closed because recovery had not finished.");

    public static readonly UpDownCounter<long> StreamClients = Meter.CreateUpDownCounter<long>(
        "fengsui.http.stream.clients", "{client}", "Open event streams.");

    public static readonly Counter<long> StreamEvents = Meter.CreateCounter<long>(
        "fengsui.http.stream.events", "{event}", "Events written to event streams.");

    public static readonly Counter<long> StreamsClosedSlow = Meter.CreateCounter<long>(
        "fengsui.http.stream.closed_slow", "{client}", "Event streams closed because their client fell http.streams.max_queued events behind.");

    public static readonly Counter<long> StreamsRefused = Meter.CreateCounter<long>(
        "fengsui.http.stream.refused", "{client}", "Event streams refused because http.streams.max_clients were open.");
}
