using System.Diagnostics.Metrics;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// Counters of the endpoint in the meter <c>Fengsui.Ingest</c>. What happens for each message is counted in plain fields of its connection and
/// summed only when somebody looks.
/// </summary>
internal sealed class MqttMetrics : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Ingest");
    private readonly long[] _dropped = new long[Enum.GetValues<DropPolicy>().Length];
    private readonly long[] _malformed = new long[MalformedCauses.TableSize];
    private readonly ConnectionCounters _ended = new();
    private readonly Lock _gate = new();

    public MqttMetrics(MqttBroker broker)
    {
        _meter.CreateObservableGauge("fengsui.mqtt.connections", () => broker.ConnectionCount, "{connection}", "Open connections");
        _meter.CreateObservableGauge("fengsui.mqtt.sessions", () => broker.SessionCount, "{session}", "Sessions, with and without a connection");
        _meter.CreateObservableGauge("fengsui.mqtt.sessions.offline", () => broker.OfflineSessionCount, "{session}", "Sessions kept without a connection");
        _meter.CreateObservableGauge("fengsui.mqtt.subscriptions", () => broker.SubscriptionCount, "{subscription}", "Subscriptions of all sessions");
        _meter.CreateObservableGauge("fengsui.mqtt.retained", () => broker.RetainedCount, "{message}", "Retained messages");
        _meter.CreateObservableGauge("fengsui.mqtt.retained.size", () => broker.RetainedBytes, "By", "Bytes of retained messages");
        _meter.CreateObservableCounter("fengsui.mqtt.packets.received", () => broker.Totals().PacketsIn, "{packet}", "Packets from clients");
        _meter.CreateObservableCounter("fengsui.mqtt.publishes.received", () => broker.Totals().PublishesIn, "{packet}", "PUBLISH packets from clients");
        _meter.CreateObservableCounter("fengsui.mqtt.packets.sent", () => broker.Totals().PacketsOut, "{packet}", "Packets to clients");
        _meter.CreateObservableCounter("fengsui.mqtt.received", () => broker.Totals().BytesIn, "By", "Bytes from clients");
        _meter.CreateObservableCounter("fengsui.mqtt.sent", () => broker.Totals().BytesOut, "By", "Bytes to clients");
        _meter.CreateObservableCounter("fengsui.mqtt.dropped", () => Measure(Enum.GetValues<DropPolicy>(), policy => CountOf(policy), "policy"), "{event}", "What a bound or a refusal has cost, by policy");
        _meter.CreateObservableCounter("fengsui.mqtt.malformed", () => Measure(Enum.GetValues<MalformedCause>(), cause => CountOf(cause), "cause"), "{connection}", "Connections closed for a malformed packet, by cause");
    }

    public void Count(DropPolicy policy) => Interlocked.Increment(ref _dropped[(int)policy]);

    public void Count(MalformedCause cause) => Interlocked.Increment(ref _malformed[(int)cause]);

    public long CountOf(DropPolicy policy) => Interlocked.Read(ref _dropped[(int)policy]);

    public long CountOf(MalformedCause cause) => Interlocked.Read(ref _malformed[(int)cause]);

    public void Fold(ConnectionCounters ended)
    {
        lock (_gate) ended.AddTo(_ended);
    }

    public ConnectionCounters Total(IEnumerable<ConnectionCounters> live)
    {
        var total = new ConnectionCounters();
        lock (_gate) _ended.AddTo(total);
        foreach (var counters in live) counters.AddTo(total);
        return total;
    }

    public void Dispose() => _meter.Dispose();

    private static List<Measurement<long>> Measure<T>(T[] values, Func<T, long> count, string tag) where T : struct, Enum
        => values.Select(value => new Measurement<long>(count(value), new KeyValuePair<string, object?>(tag, value.ToString()))).ToList();
}
