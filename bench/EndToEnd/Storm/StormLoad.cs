using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>
/// A gateway whose devices begin so many alerts a second and end each of them five seconds later, and a subscriber of the same process,
/// so that one clock measures from handing a reading to the client to the step of the alert at the subscriber.
/// </summary>
/// <param name="port">Of the server's MQTT endpoint.</param>
/// <param name="rate">Alerts a second.</param>
/// <param name="seconds">For so long alerts begin.</param>
internal sealed class StormLoad(int port, int rate, double seconds)
{
    /// <summary>An alert lasts so long.</summary>
    public const int AlertSeconds = 5;

    /// <summary>A device begins its next alert after so long.</summary>
    private const int PeriodSeconds = 10;
    private const int QueuedMessages = 262_144;

    private readonly Dictionary<string, (long[] Sent, int Taken)> _devices = new(StringComparer.Ordinal);
    private readonly List<double> _delays = [];

    /// <summary>Of the subscriber.</summary>
    public StormReceipts Receipts { get; } = new();

    /// <summary>Readings sent; each is a step of an alert.</summary>
    public int Sent { get; private set; }

    /// <summary>Readings that the server did not take.</summary>
    public int NotTaken { get; private set; }

    /// <summary>Runs until everything is sent and acknowledged, and the subscriber has got it or <paramref name="patience"/> is over.</summary>
    public async Task RunAsync(TimeSpan patience)
    {
        await using var publisher = new MqttClient(Options("storm-gateway"));
        await using var subscriber = new MqttClient(Options("storm-subscriber"));
        await publisher.ConnectAsync();
        await subscriber.ConnectAsync();
        await subscriber.SubscribeAsync([new MqttSubscription("alerts/#", new SubscriptionOptions(1))]);
        using var ended = new CancellationTokenSource();
        var reading = Task.Run(() => ReadAsync(subscriber, ended.Token));
        await Task.Run(() => PublishAsync(publisher));
        for (var waited = Stopwatch.StartNew(); Receipts.Steps < Sent && waited.Elapsed < patience;)
        {
            await Task.Delay(50);
        }

        await ended.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Milliseconds within which that share of the steps arrived.</summary>
    public double Percentile(double share)
    {
        var ordered = _delays.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(share * ordered.Length))];
    }

    private MqttClientOptions Options(string id) => new()
    {
        ClientId = id,
        Port = port,
        MaxInFlight = 1000,
        MaxWaitingPublishes = QueuedMessages,
        IncomingCapacity = 65_535,
        MaxReconnectDelay = TimeSpan.FromSeconds(1),
    };

    private async Task PublishAsync(MqttClient publisher)
    {
        var (begins, ends) = ((int)(rate * seconds), rate * AlertSeconds);
        var publishing = new List<Task<MqttPublishResult>>(2 * begins);
        var started = Stopwatch.StartNew();
        for (int step = 0, due = 0; step < begins + ends; due = (int)(started.Elapsed.TotalSeconds * rate))
        {
            for (; step < Math.Min(due, begins + ends); step++)
            {
                if (step < begins)
                {
                    publishing.Add(SendAsync(publisher, step, isHot: true));
                }

                if (step >= ends)
                {
                    publishing.Add(SendAsync(publisher, step - ends, isHot: false));
                }
            }

            await Task.Delay(1);
        }

        NotTaken = (await Task.WhenAll(publishing)).Count(result => result.Outcome != MqttPublishOutcome.Delivered);
    }

    private Task<MqttPublishResult> SendAsync(MqttClient publisher, int alert, bool isHot)
    {
        var device = string.Create(CultureInfo.InvariantCulture, $"storm{alert % (rate * PeriodSeconds)}");
        var step = (2 * (alert / (rate * PeriodSeconds))) + (isHot ? 0 : 1);
        lock (_devices)
        {
            if (!_devices.TryGetValue(device, out var known))
            {
                _devices.Add(device, known = (new long[2 * (int)Math.Ceiling(seconds / PeriodSeconds)], 0));
            }

            known.Sent[step] = Stopwatch.GetTimestamp();
        }

        Sent++;
        return publisher.PublishAsync(new MqttMessage($"telemetry/{device}", isHot ? """{"o2":24.1}"""u8.ToArray() : """{"o2":20.9}"""u8.ToArray()));
    }

    private async Task ReadAsync(MqttClient subscriber, CancellationToken cancellation)
    {
        await foreach (var message in subscriber.Incoming.ReadAllAsync(cancellation))
        {
            message.Acknowledge();
            if (message.Payload.Length == 0)
            {
                continue;
            }

            using var entry = JsonDocument.Parse(message.Payload);
            if (Receipts.Take(entry.RootElement))
            {
                Arrived(entry.RootElement.GetProperty("device").GetString()!);
            }
        }
    }

    /// <summary>Steps of a device come in the order in which its readings were sent.</summary>
    private void Arrived(string device)
    {
        lock (_devices)
        {
            if (_devices.TryGetValue(device, out var known))
            {
                _delays.Add(Stopwatch.GetElapsedTime(known.Sent[known.Taken]).TotalMilliseconds);
                _devices[device] = known with { Taken = known.Taken + 1 };
            }
        }
    }
}
