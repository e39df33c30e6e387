using Fengsui.Api.Delivery;
using Fengsui.Api.Delivery.Mqtt;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Api.Streaming;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Canary;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Sources;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Api.DataPath;

/// <summary>
/// The real data path: MQTT in, journal, actors and rules, alerts out. Opened and closed in an order in which nothing
/// that was acknowledged can be lost: connections end before the journal does.
/// </summary>
public sealed class TelemetryDataPath : IDataPath
{
    /// <summary>What servers do not take in that time when we stop, they get after the next start.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(2);

    private readonly HostContext _host;
    private readonly ILogger _logger;
    private readonly MqttAlertSink _mqttAlerts;
    private readonly StreamAlertSink _streamAlerts = new();
    private readonly CanaryWatch _canaryWatch = new();
    private CanaryService? _canary;
    private readonly AlertTail _alertTail;
    private DeliveryInstruments? _deliveryInstruments;
    private InfluxInstruments? _influxInstruments;
    private AuditInstruments? _auditInstruments;
    private ConfigurationWatcher? _watcher;
    private DataPathInstruments? _instruments;
    private AlertInstruments? _alertInstruments;
    private SourceInstruments? _sourceInstruments;
    private MqttState? _state;

    public TelemetryDataPath(HostContext host)
    {
        _host = host;
        _logger = host.Loggers.CreateLogger("Fengsui.DataPath");
        _alertTail = new AlertTail(device => Engine?.Registry.Devices.Find(device)?.Facts.Type ?? "");
        _mqttAlerts = new MqttAlertSink(host.Options.Alerts.TopicPrefix);
        host.Readiness.Add("recovery", () => Engine?.Recovery is null ? ReadinessResult.NotReady("recovering") : ReadinessResult.Ready());
        host.Readiness.Add("journal", Journal);
        host.Readiness.Add("alert_log", () => Healthy(Engine?.AlertLogFault));
        host.Readiness.Add("history", History);
        host.Readiness.Add("audit", () => AuditReadiness.Of(Audit));
        if (host.Options.Canary.Enabled)
        {
            host.Readiness.Add("canary", () => CanaryService.Readiness(_canary));
        }

        host.Readiness.Add("influxdb", () => InfluxReadiness.Of(Influx));
        host.Readiness.Add("ledger", () => Healthy(Engine is { IsLedgerBalanced: false } ? "a source's ledger does not balance; see the log and /api/v1/ledger" : null));
    }

    /// <summary>Null until <see cref="StartAsync"/>.</summary>
    public DeviceEngine? Engine { get; private set; }

    public TelemetryIntake? Intake { get; private set; }

    public MqttBroker? Broker { get; private set; }

    public SourceHost? Sources { get; private set; }

    /// <summary>The servers that readings are written to beside the history.</summary>
    public InfluxTargets? Influx { get; private set; }

    /// <summary>Null until readings may be brought over HTTP.</summary>
    public HttpIntake? Writes { get; private set; }

    /// <summary>Who is told of alerts outside; null until the configuration has been read.</summary>
    public Deliveries? Deliveries { get; private set; }

    /// <summary>The record of what happened to alerts, and who was told. Null until it is open.</summary>
    public AuditTrail? Audit { get; private set; }

    public EventStream? Alerts => _streamAlerts.Stream;

    internal ConfigurationApplier? Configuration { get; private set; }

    public void Map(IEndpointRouteBuilder routes) => DataEndpoints.Map(routes, this, _host);

    public async Task StartAsync(CancellationToken cancel)
    {
        try
        {
            await OpenAsync(cancel);
        }
        catch (Exception unusable) when (unusable is IOException or InvalidDataException or JournalFormatException)
        {
            throw new EnvironmentException(unusable.Message, unusable);
        }
    }

    public Task ServeMqttAsync(ConnectionContext connection) => Broker!.ServeAsync(connection);

    public async Task StopAsync(CancellationToken cancel)
    {
        if (Engine is { Recovery: not null } engine)
        {
            await StopCanaryAsync();
            await Sources!.StopAsync();
            if (Deliveries is not null)
            {
                // Before the audit log ends: what was told is on record.
                await Deliveries.DisposeAsync();
            }

            await Broker!.StopAsync();
            await engine.SnapshotAsync(cancel);
            await Audit!.StopAsync(ProgramVersion.Text, cancel);
            _state!.SaveLast();
            await Influx!.DrainAsync(LastWrites);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopCanaryAsync();
        _instruments?.Dispose();
        _alertInstruments?.Dispose();
        _sourceInstruments?.Dispose();
        _influxInstruments?.Dispose();
        _deliveryInstruments?.Dispose();
        _auditInstruments?.Dispose();
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
        }

        if (Sources is not null)
        {
            await Sources.DisposeAsync();
        }

        Writes?.Dispose();
        if (_state is not null)
        {
            await _state.DisposeAsync();
        }

        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        if (Deliveries is not null)
        {
            await Deliveries.DisposeAsync();
        }

        // Before the targets let go of the alert log: without its record nothing of it is dropped.
        Audit?.Dispose();
        if (Influx is not null)
        {
            await Influx.DisposeAsync();
        }

        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        var options = EngineSetup.Engine(_host.Options, _host.DataDirectory, Report);
        Engine = DeviceEngine.Open(options, _host.Time, _mqttAlerts, _streamAlerts, new LogAlertSink(_logger), _alertTail, _canaryWatch);
        Audit = AuditTrail.Open(Engine, EngineSetup.Audit(options), _host.Time, message => Report(new EngineIncident("audit", message, null)));
        Influx = await InfluxTargets.OpenAsync(Engine, _host.Options.InfluxDb, _host.Time, Report);
        Intake = new TelemetryIntake(Engine, EngineSetup.Intake(_host.Options));
        Broker = MqttSetup.Broker(_host.Options, Intake, _host.Time);
        _mqttAlerts.Broker = Broker;
        var context = new SourceContext(Intake, _host.Time, _host.Loggers) { Broker = Broker, ConfigDirectory = _host.ConfigDirectory, DataDirectory = _host.DataDirectory };
        Sources = new SourceHost(context);
        _streamAlerts.Stream = new EventStream(_host.Options.Http.Streams, Replay, _host.Time, _logger);
        _state = new MqttState(Broker, _mqttAlerts, _host.DataDirectory, _host.Time);
        var (found, seenAlerts) = _state.Load();
        Broker.Keeper = _state;
        DataPathLog.MqttStateLoaded(_logger, found.Outcome, found.Sessions, found.RetainedMessages, found.SetAsidePath ?? "");

        // What was logged comes before what the journal gives again on start: in order for each alert.
        _state.Redeliver(seenAlerts, Engine.AlertLogCount, Engine.ReadAlertLog, Engine.Alerts);
        await Engine.StartAsync(cancel);
        Audit.Published = new AuditHeadPublisher(Broker, _host.Time, _logger).Publish;
        Audit.Start(ProgramVersion.Text);
        _host.Viewing.Journal = Audit.Log;
        Influx.Start();
        _state.Start();
        var recovery = Engine.Recovery!;
        DataPathLog.Recovered(_logger, recovery.SnapshotPosition, recovery.EndPosition, recovery.Batches, recovery.Elapsed);
        _alertTail.Open(Engine.AlertLogCount, Engine.ReadAlertLog);
        Deliveries = new Deliveries(Engine, _alertTail, Audit.Log, new MqttOutlets(Broker, _state.WhenKept, context.Bridges), _host.Time, what => DataPathLog.Delivery(_logger, what));
        Configuration = new ConfigurationApplier(Engine, Sources, Deliveries, new ConfigurationRecord(Audit.Log, _host.Options.Http.Keys), _host.Options.Alerts.TopicPrefix, _host.ConfigDirectory, _logger);
        await Configuration.ApplyAsync(cancel);
        Writes = new HttpIntake(context);
        _watcher = new ConfigurationWatcher(Configuration, _host.ConfigDirectory, _host.Time, _logger);
        _watcher.Start();
        var deliveries = Deliveries;
        var alarm = new CanaryAlarm(Path.Combine(_host.DataDirectory, "canary", "missing.json"), () => deliveries.CanaryReceivers, Audit.Log, _host.Time, what => DataPathLog.Delivery(_logger, what));
        _canary = CanaryService.Start(_host.Options.Canary, Engine, _canaryWatch, Writes, Broker, alarm, _host.Time, _logger);
        _instruments = new DataPathInstruments(Engine, Intake);
        _alertInstruments = new AlertInstruments(Engine);
        _sourceInstruments = new SourceInstruments(Sources.Book);
        _influxInstruments = new InfluxInstruments(Influx);
        _deliveryInstruments = new DeliveryInstruments(Deliveries);
        _auditInstruments = new AuditInstruments(Audit);
    }

    /// <summary>Empty only at the end of the log: a page of nothing but shadow alerts is passed over.</summary>
    private StreamEvent[] Replay(long after, int count)
    {
        while (Engine!.ReadAlertLog(after, count) is { Count: > 0 } page)
        {
            StreamEvent[] told = [.. page.Where(entry => !entry.Value.IsShadow).Select(entry => StreamAlertSink.ToEvent(entry.Key, entry.Value))];
            if (told.Length > 0)
            {
                return told;
            }

            after = page[^1].Key;
        }

        return [];
    }

    private async Task StopCanaryAsync()
    {
        if (_canary is not null)
        {
            await _canary.DisposeAsync();
        }
    }

    private void Report(EngineIncident incident) =>
        DataPathLog.Incident(_logger, incident.Part, incident.Message, incident.Cause);

    private ReadinessResult Journal() => Engine?.JournalLog.Health switch
    {
        null => ReadinessResult.NotReady("not open"),
        { IsFailing: true } health => ReadinessResult.NotReady($"{health.Reason} (retried {health.Retries} times); nothing is acknowledged until it works"),
        _ => ReadinessResult.Ready(),
    };

    private ReadinessResult History() => Engine?.History switch
    {
        null => ReadinessResult.NotReady("not open"),
        { Health: { Healthy: false } health } => ReadinessResult.NotReady(health.Reason),
        { Stats.RefusedRows: > 0 and var refused } => ReadinessResult.NotReady($"{refused} rows were refused: they are in the journal only"),
        _ => ReadinessResult.Ready(),
    };

    private static ReadinessResult Healthy(string? fault) =>
        fault is null ? ReadinessResult.Ready() : ReadinessResult.NotReady(fault);
}
