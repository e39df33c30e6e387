using System.Net;
using Fengsui.Api.Configuration;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Metrics;
using Fengsui.Api.OpenApi;
using Fengsui.Api.OpenApi.Operations;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Approval;
using Fengsui.Api.Security.Idempotency;
using Fengsui.Api.Security.Oidc;
using Fengsui.Api.Security.Views;
using OpenTelemetry.Metrics;

namespace Fengsui.Api.Hosting;

/// <summary>
/// One server: listeners, HTTP, logs and metrics around a data path. Started and stopped in an order that loses nothing:
/// listeners first (a taken port is found before the disk is touched), then recovery, then connections are admitted; on
/// the way down connections drain while the data path still acknowledges, and then it commits.
/// </summary>
public sealed class ServerHost : IAsyncDisposable
{
    private readonly LoadedConfiguration _configuration;
    private readonly DataDirectory _directory;
    private readonly Listeners _listeners;
    private readonly WebApplication _app;
    private readonly MetricStore _metrics;
    private readonly MeterProvider? _export;
    private readonly IDataPath _dataPath;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly string? _openFiles;
    private readonly ReadinessWatcher _watcher;
    private readonly Viewing _viewing;
    private readonly HttpClient _issuerClient = OidcIssuer.Client();
    private OidcIssuer? _issuer;
    private BoundEndPoints? _endPoints;
    private volatile string _phase = "starting";

    private ServerHost(LoadedConfiguration configuration, DataDirectory directory, HostServices services)
    {
        _configuration = configuration;
        _directory = directory;
        _time = services.Time;
        _openFiles = OpenFileBudget.Fit(configuration.Options, OpenFileBudget.Granted());
        _metrics = new MetricStore();
        _listeners = new Listeners(configuration);
        _app = WebServer.Build(configuration.Options, _listeners, directory.LogDirectory, services);
        _logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Fengsui.Host");
        _export = OtlpExport.Start(configuration.Options.Telemetry, ProgramVersion.Text);
        Readiness.Add("host", () => _phase == "running" ? ReadinessResult.Ready() : ReadinessResult.NotReady(_phase));
        _watcher = new ReadinessWatcher(Readiness, _time, _logger);
        var accessFile = new AccessFile(Path.Combine(directory.Path, AccessFile.Name));
        _viewing = new Viewing(new FieldSets(configuration.Options.Http.Fields), new AccessBook(accessFile, _time));
        _dataPath = services.CreateDataPath(Lend());
        MapEndpoints();
    }

    public ReadinessChecks Readiness { get; } = new();

    public StatusSections Status { get; } = new();

    /// <summary>Every route, with what it declares.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Where it listens; null until it does.</summary>
    public BoundEndPoints? EndPoints => _endPoints;

    /// <exception cref="OperatorMistakeException">The certificate cannot be used.</exception>
    /// <exception cref="EnvironmentException">The data directory cannot be used.</exception>
    public static ServerHost Create(LoadedConfiguration configuration, HostServices services)
    {
        var directory = DataDirectory.Open(configuration.DataDirectory);
        try
        {
            return new ServerHost(configuration, directory, services);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Listens, recovers and then admits connections.</summary>
    /// <exception cref="EnvironmentException">A port is taken, or the disk does not let us.</exception>
    public async Task<BoundEndPoints> StartAsync(CancellationToken cancel)
    {
        LogStart();
        try
        {
            await _app.StartAsync(cancel);
        }
        catch (Exception e) when (BindFailure.Explain(e, _configuration.Options.Server) is { } reason)
        {
            throw new EnvironmentException(reason, e);
        }

        var bound = _endPoints = _listeners.Bound();
        LogListeners(bound);
        _phase = "recovering";
        _watcher.Start();
        await _dataPath.StartAsync(cancel);
        _phase = "running";
        _listeners.Admit(_dataPath.ServeMqttAsync);
        return bound;
    }

    /// <summary>Stops accepting, drains, commits and flushes, within <c>server.shutdown_timeout</c>.</summary>
    public async Task StopAsync()
    {
        var timeout = _configuration.Options.Server.ShutdownTimeout;
        Log.Stopping(_logger, timeout);
        _phase = "stopping";

        // Connections that do not end may not use up the time that the last commit needs.
        using var draining = new CancellationTokenSource(timeout / 2, _time);
        using var all = new CancellationTokenSource(timeout, _time);
        await _app.StopAsync(draining.Token);
        await _dataPath.StopAsync(all.Token);
        _export?.ForceFlush((int)(timeout / 4).TotalMilliseconds);
        Log.Stopped(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _watcher.DisposeAsync();
        await _dataPath.DisposeAsync();
        await _app.DisposeAsync();
        _export?.Dispose();
        _metrics.Dispose();
        _listeners.Dispose();
        _directory.Dispose();
        _issuer?.Dispose();
        _issuerClient.Dispose();
    }

    private HostContext Lend() => new()
    {
        Options = _configuration.Options,
        ConfigDirectory = _configuration.ConfigDirectory,
        DataDirectory = _directory.Path,
        Loggers = _app.Services.GetRequiredService<ILoggerFactory>(),
        Time = _time,
        Readiness = Readiness,
        Status = Status,
        Viewing = _viewing,
        Stopping = _app.Lifetime.ApplicationStopping,
    };

    private void MapEndpoints()
    {
        var server = _configuration.Options.Server;
        var hosts = new HostNames(server.IsLoopback, _configuration.Options.Http.AllowedHosts);
        var http = _configuration.Options.Http;
        _issuer = http.Oidc is { } oidc ? new OidcIssuer(oidc, _issuerClient, _time) : null;
        var gate = new AccessGate(new Authenticator(new BearerKeys(http.Keys), _issuer, _time), new FailedAttempts(http.MaxFailedLogins, _time), new DeniedChanges(() => _viewing.Journal), _logger);
        var answers = new IdempotencyStore(_time, new AnswerFile(Path.Combine(_directory.Path, AnswerFile.Name)), _logger);
        new RequestPipeline(hosts, gate, _viewing, new IdempotencyFilter(answers), _logger).Use(_app);
        var status = new ServerStatus(_configuration, Status, () => _endPoints, _time);
        SystemEndpoints.Map(_app, Readiness, _metrics, status, _logger);
        _dataPath.Map(_app);
        var description = new Lazy<byte[]>(() => OpenApiDocument.Build(Routes));
        _app.MapGet(OpenApiDocument.Path, (RequestDelegate)(context => Json.WriteRawAsync(context, description.Value))).Is(SystemOperations.Description);
    }

    private void LogStart()
    {
        Log.Starting(_logger, ProgramVersion.Text, _configuration.ConfigDirectory, _directory.Path);
        if (!_configuration.HasConfigDirectory)
            Log.NoConfiguration(_logger, _configuration.ConfigDirectory);
        if (_openFiles is not null)
            Log.ConfigurationWarning(_logger, _openFiles);
        foreach (var warning in _configuration.Warnings)
        {
            Log.ConfigurationWarning(_logger, warning);
        }

        if (_configuration.Options.Journal.Durability == Configuration.Sections.Durability.Os)
            Log.OsDurability(_logger);
        if (_configuration.Options.Telemetry.OtlpEndpoint is { } endpoint)
            Log.Exporting(_logger, endpoint);
        _listeners.WarnOfExpiry(_logger, _time.GetUtcNow());
    }

    private void LogListeners(BoundEndPoints bound)
    {
        Log.MqttListening(_logger, bound.Mqtt);
        if (bound.Mqtts is not null)
            Log.MqttsListening(_logger, bound.Mqtts);
        Log.HttpListening(_logger, bound.HttpScheme, bound.Http);
        if (!IPAddress.IsLoopback(bound.Mqtt.Address))
            Log.ClearTextBeyondLoopback(_logger, bound.Mqtt);
        else if (_configuration.Options.Anonymous)
            Log.AnonymousAdmitted(_logger);
    }
}
