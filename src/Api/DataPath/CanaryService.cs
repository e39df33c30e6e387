using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Canary;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Rules.Model;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Sends the canary round after round. Whether it is missing is told on ways that do not depend on what it proves: retained on
/// <see cref="Topic"/>, in the program's log, in <c>/readyz</c> and in the metrics.
/// </summary>
internal sealed class CanaryService : IAsyncDisposable
{
    public const string Topic = "fengsui/canary";

    private static readonly PublishProperties Properties = new() { ContentType = "application/json", IsText = true };

    private readonly CanarySection _section;
    private readonly CanaryRunner _runner;
    private readonly HttpIntake _writes;
    private readonly MqttBroker _broker;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Meter _meter = new("Fengsui.Devices.Canary");
    private readonly DeviceEngine _engine;
    private readonly CanaryAlarm _alarm;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private long _roundStamp;
    private long _throughStamp;
    private Task _watching = Task.CompletedTask;
    private Task _reporting = Task.CompletedTask;
    private volatile bool _isOwed;
    private bool _isMissing;

    private CanaryService(CanarySection section, DeviceEngine engine, CanaryWatch watch, HttpIntake writes, MqttBroker broker, CanaryAlarm alarm, TimeProvider time, ILogger logger)
    {
        (_section, _engine, _writes, _broker, _alarm, _time, _logger) = (section, engine, writes, broker, alarm, time, logger);
        _runner = new CanaryRunner(engine, watch, WriteAsync, new CanaryOptions { Interval = section.Interval, Deadline = section.Deadline }, time);
        _throughStamp = _roundStamp = time.GetTimestamp();
        _meter.CreateObservableGauge("fengsui.canary.up", () => Overdue() is null && !State.IsMissing ? 1 : 0, null, "1 while the canary comes through");
        _meter.CreateObservableCounter("fengsui.canary.rounds", () => State.Rounds, "{round}", "Rounds of the canary that came through");
        _meter.CreateObservableCounter("fengsui.canary.missed", () => State.Missed, "{round}", "Rounds of the canary that did not");
        _meter.CreateObservableGauge("fengsui.canary.duration", () => State.Took.TotalSeconds, "s", "Time of the newest round that came through, from the first reading to the cleared alert");
        _meter.CreateObservableGauge("fengsui.canary.age", () => _time.GetElapsedTime(Volatile.Read(ref _throughStamp)).TotalSeconds, "s", "Time since a round of the canary came through, or since the start before the first");
        _meter.CreateObservableGauge(
            "fengsui.canary.failed",
            () => CanaryStageNames.All.Select(stage => new Measurement<int>(State.FailedAt.Name() == stage ? 1 : 0, new KeyValuePair<string, object?>("stage", stage))),
            null,
            "1 at the stage at which the newest round stayed");
    }

    private CanaryState State => _runner.State;

    /// <summary>Null when there is to be none.</summary>
    public static CanaryService? Start(
        CanarySection section, DeviceEngine engine, CanaryWatch watch, HttpIntake writes, MqttBroker broker, CanaryAlarm alarm, TimeProvider time, ILogger logger)
    {
        if (!section.Enabled)
        {
            return null;
        }

        var service = new CanaryService(section, engine, watch, writes, broker, alarm, time, logger);
        alarm.Start();
        service._watching = Task.Run(service.WatchAsync);
        service._running = Task.Run(service.RunAsync);
        return service;
    }

    public static ReadinessResult Readiness(CanaryService? canary) =>
        canary is null ? ReadinessResult.Ready("not sent yet")
        : canary.State is { IsMissing: true } missing ? ReadinessResult.NotReady($"missing: it stayed at {missing.FailedAt.Name()}: {missing.Reason}")
        : canary.Overdue() is { } overdue ? ReadinessResult.NotReady(overdue)
        : ReadinessResult.Ready(canary.State.Rounds == 0 ? "not sent yet" : "");

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _alarm.DisposeAsync();
        _meter.Dispose();
    }

    /// <summary>Whoever runs the rounds could be what is broken.</summary>
    private string? Overdue()
    {
        var bound = (_section.Interval + 4 * _section.Deadline) * 2;
        var since = _time.GetElapsedTime(Volatile.Read(ref _roundStamp));
        return since > bound ? $"missing: no round has ended for {(long)since.TotalSeconds} s" : null;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_section.Interval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            var state = await _runner.RunRoundAsync(_stopping.Token);
            Volatile.Write(ref _roundStamp, _time.GetTimestamp());
            if (!state.IsMissing)
            {
                Volatile.Write(ref _throughStamp, _roundStamp);
            }

            Tell(state);
        }
    }

    /// <summary>Rounds that do not end say nothing themselves.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(_section.Interval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            if (Overdue() is { } overdue)
            {
                _alarm.Missing(CanaryStageNames.Rounds, overdue);
            }
        }
    }

    /// <summary>
    /// An alert like any other comes of it as soon as the path takes readings again: the same one however often this is said, also after a restart. One that is over
    /// before it could be said stands in the log nevertheless, with its end.
    /// </summary>
    private async Task ReportAsync(bool isMissing)
    {
        try
        {
            _engine.Registry.Declare(CanaryRule.MissingDevice, new DeviceFacts(CanaryRule.MissingDevice, CanaryRule.MissingZone, []));
            if (_isOwed || isMissing)
            {
                await WriteAsync(CanaryRule.MissingDevice, CanaryRule.MissingMetric, 1, _stopping.Token);
            }

            if (!isMissing)
            {
                await WriteAsync(CanaryRule.MissingDevice, CanaryRule.MissingMetric, 0, _stopping.Token);
            }

            _isOwed = false;
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            DataPathLog.CanaryUnreported(_logger, refused.Message);
        }
    }

    private Task WriteAsync(double value, CancellationToken cancellation) => WriteAsync(CanaryRule.Device, CanaryRule.Metric, value, cancellation);

    /// <summary>As a gateway's reading over HTTP: through the decoder, to the journal, and no answer before the commit.</summary>
    private async Task WriteAsync(string device, string metric, double value, CancellationToken cancellation)
    {
        var writer = _writes.TryBegin() ?? throw new IOException($"{HttpIntake.MaxRequests} requests write already");
        var work = StoreAsync(writer, device, metric, value, cancellation);
        try
        {
            await work;
        }
        finally
        {
            _writes.End(writer, work);
        }
    }

    private static async Task StoreAsync(HttpWriter writer, string device, string metric, double value, CancellationToken cancellation)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(value > 0 ? $"{{\"{metric}\":1}}" : $"{{\"{metric}\":0}}"));
        await writer.ReadAsync(body, "", cancellation);
        if (await writer.WriteJsonAsync(device) is { Failed: > 0 } refused)
        {
            throw new IOException($"the reading was refused: {refused.FirstFault}");
        }
    }

    private void Tell(CanaryState state)
    {
        if (state.IsMissing)
        {
            DataPathLog.CanaryMissing(_logger, state.FailedAt.Name(), state.Reason);
        }
        else if (_isMissing)
        {
            DataPathLog.CanaryBack(_logger, state.Missed);
        }

        _alarm.Tell(state);
        var isReported = _engine.Alerts.ActiveOf(CanaryRule.MissingDevice).Any(alert => alert.Latest.Rule == CanaryRule.MissingId);
        _isOwed |= state.IsMissing && !isReported;
        if ((_isOwed || isReported != state.IsMissing) && _reporting.IsCompleted)
        {
            _reporting = ReportAsync(state.IsMissing);
        }

        _isMissing = state.IsMissing;
        try
        {
            _broker.Publish(Topic, Payload(state, _time.GetUtcNow().ToUnixTimeMilliseconds()), 1, retain: true, Properties);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            DataPathLog.CanaryUnpublished(_logger, fault);
        }
    }

    private static byte[] Payload(CanaryState state, long nowMs)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("state", state.IsMissing ? "missing" : "ok");
            if (state.IsMissing)
            {
                json.WriteString("tier", Tier.Major.Name());
                json.WriteString("tier_zh", Tier.Major.ChineseName());
                json.WriteString("stage", state.FailedAt.Name());
                json.WriteString("reason", state.Reason);
            }

            json.WriteTime("time", nowMs);
            json.WriteTime("last_seen", state.LastMs > 0 ? state.LastMs : null);
            json.WriteNumber("rounds", state.Rounds);
            json.WriteNumber("missed", state.Missed);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
