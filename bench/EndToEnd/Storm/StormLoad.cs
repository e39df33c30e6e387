using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>
/// A thousand devices that cross their threshold once a second each, up and down in turn: every reading is a step of an alert. Measures
/// from handing a reading to the client to the step at a subscriber of the same process, so by one clock.
/// </summary>
internal sealed class StormLoad(int port, double seconds)
{
    private const int Devices = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<double> _delays = new();

    /// <summary>Steps that the subscriber got.</summary>
    public int Received => _delays.Count;

    public int Sent { get; private set; }

    public async Task RunAsync()
    {
        await using var publisher = new MqttClient(new MqttClientOptions { ClientId = "storm-gateway", Port = port, MaxInFlight = 256 });
        await using var subscriber = new MqttClient(new MqttClientOptions { ClientId = "storm-subscriber", Port = port, IncomingCapacity = 65_536 });
        await publisher.ConnectAsync();
        await subscriber.ConnectAsync();
        await subscriber.SubscribeAsync([new MqttSubscription("alerts/#", new SubscriptionOptions(1))]);
        using var ended = new CancellationTokenSource();
        var reading = ReadAsync(subscriber, ended.Token);
        await PublishAsync(publisher);
        for (var waited = Stopwatch.StartNew(); Received < Sent && waited.Elapsed < Patience;)
        {
            await Task.Delay(50);
        }

        await ended.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Milliseconds below which that share of the steps arrived.</summary>
    public double Percentile(double share)
    {
        var ordered = _delays.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(share * ordered.Length))];
    }

    private async Task PublishAsync(MqttClient publisher)
    {
        var started = Stopwatch.StartNew();
        var publishing = new List<Task>();
        for (var step = 0; step < seconds * Devices; step++)
        {
            var early = TimeSpan.FromSeconds((double)step / Devices) - started.Elapsed;
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            var device = string.Create(CultureInfo.InvariantCulture, $"storm{step % Devices}");
            var payload = step / Devices % 2 == 0 ? """{"temperature":40}""" : """{"temperature":20}""";
            _sent[device] = Stopwatch.GetTimestamp();
            publishing.Add(publisher.PublishAsync(new MqttMessage($"telemetry/{device}", Encoding.ASCII.GetBytes(payload))));
            Sent++;
        }

        await Task.WhenAll(publishing);
    }

    private async Task ReadAsync(MqttClient subscriber, CancellationToken cancellation)
    {
        await foreach (var message in subscriber.Incoming.ReadAllAsync(cancellation))
        {
            message.Acknowledge();
            if (_sent.TryGetValue(message.Topic[(message.Topic.LastIndexOf('/') + 1)..], out var sent))
            {
                _delays.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }
}
