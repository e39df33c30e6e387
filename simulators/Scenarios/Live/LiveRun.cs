using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Scenarios.Live;

/// <summary>Plays a run against a server in real time, or faster where the scenario allows it, and collects the alerts that come.</summary>
public sealed class LiveRun : IAsyncDisposable
{
    private readonly ScenarioRun _run;
    private readonly LiveOptions _options;
    private readonly HttpClient _http;
    private readonly SiteCalls _calls;
    private readonly AlertListener _alerts;
    private readonly Dictionary<string, MqttClient> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VehicleLine> _vehicles = new(StringComparer.Ordinal);
    private readonly List<string> _refused = [];
    private readonly Queue<Task> _underWay = new();
    private long _sent;

    /// <param name="run">Whose start is now.</param>
    /// <param name="options">The server.</param>
    public LiveRun(ScenarioRun run, LiveOptions options)
    {
        _run = run;
        _options = options;
        _http = new HttpClient { BaseAddress = options.Http, Timeout = Timeout.InfiniteTimeSpan };
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        _calls = new SiteCalls(_http);
        _alerts = new AlertListener(_http);
    }

    /// <summary>Messages and calls that went out so far.</summary>
    public long Sent => _sent;

    /// <summary>What the server does not know as the scenario needs it.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses.</exception>
    public async Task<IReadOnlyList<string>> ObjectionsAsync(CancellationToken cancel)
    {
        var objections = new List<string>();
        foreach (var device in _run.Scenario.Devices)
        {
            if (await _calls.ObjectionAsync(device, cancel).ConfigureAwait(false) is { } objection)
            {
                objections.Add(objection);
            }
        }

        return objections;
    }

    /// <summary>Runs to the end. Whoever cancels gets nothing.</summary>
    /// <exception cref="HttpRequestException">The server's HTTP cannot be reached, or refuses.</exception>
    /// <exception cref="MqttConnectException">Its MQTT cannot.</exception>
    /// <exception cref="IOException">Its listener for vehicles cannot.</exception>
    public async Task<LiveOutcome> PlayAsync(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listening = _alerts.RunAsync(over.Token);
        await _alerts.Connected.WaitAsync(cancel).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        foreach (var step in _run.Steps())
        {
            await ReachAsync(clock, step.AtMs, cancel).ConfigureAwait(false);
            await SendAsync(step, cancel).ConfigureAwait(false);
            _sent++;
        }

        await ReachAsync(clock, _run.Scenario.LastsMs, cancel).ConfigureAwait(false);
        await Task.WhenAll(_underWay).ConfigureAwait(false);
        await Task.Delay(_options.Grace, cancel).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        return new LiveOutcome(_sent, [.. _refused.Take(LiveOutcome.MaxTold)], _alerts.Steps);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways.Values)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var vehicle in _vehicles.Values)
        {
            vehicle.Dispose();
        }

        _http.Dispose();
    }

    private async Task ReachAsync(Stopwatch clock, long atMs, CancellationToken cancel)
    {
        var wait = TimeSpan.FromMilliseconds(atMs / _options.Speed) - clock.Elapsed;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancel).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(RunStep step, CancellationToken cancel)
    {
        switch (step)
        {
            case SiteStep act:
                Note(await _calls.TellAsync(act, cancel).ConfigureAwait(false));
                break;
            case WireMessage { By: WireForm.Jt808 } message:
                Note(await ReportAsync(message, cancel).ConfigureAwait(false));
                break;
            case WireMessage message:
                var gateway = await GatewayAsync(message.Line, cancel).ConfigureAwait(false);
                _underWay.Enqueue(PublishAsync(gateway, message, cancel));
                while (_underWay.TryPeek(out var oldest) && oldest.IsCompleted)
                {
                    await _underWay.Dequeue().ConfigureAwait(false);
                }

                break;
        }
    }

    private async Task PublishAsync(MqttClient gateway, WireMessage message, CancellationToken cancel)
    {
        var result = await gateway.PublishAsync(new MqttMessage(message.Topic, message.Payload), cancel).ConfigureAwait(false);
        Note(result.IsDelivered ? null : $"{message.Topic}: {result.Outcome} {result.Reason}");
    }

    private async Task<string?> ReportAsync(WireMessage message, CancellationToken cancel)
    {
        if (!_vehicles.TryGetValue(message.Line, out var vehicle))
        {
            vehicle = new VehicleLine(message.Line, _options);
            _vehicles.Add(message.Line, vehicle);
            try
            {
                await vehicle.LoginAsync(cancel).ConfigureAwait(false);
            }
            catch (SocketException fault)
            {
                throw new IOException($"no vehicles are taken at {_options.MqttHost}:{_options.VehiclePort}: {fault.Message}", fault);
            }
        }

        return await vehicle.SendAsync(message, cancel).ConfigureAwait(false);
    }

    private async Task<MqttClient> GatewayAsync(string id, CancellationToken cancel)
    {
        if (!_gateways.TryGetValue(id, out var gateway))
        {
            gateway = new MqttClient(new MqttClientOptions
            {
                Host = _options.MqttHost,
                Port = _options.MqttPort,
                ClientId = id,
                UserName = _options.UserName,
                Password = _options.Password,
            });
            _gateways.Add(id, gateway);
            await gateway.ConnectAsync(cancel).ConfigureAwait(false);
        }

        return gateway;
    }

    private void Note(string? refusal)
    {
        if (refusal is not null)
        {
            lock (_refused)
            {
                _refused.Add(refusal);
            }
        }
    }
}
