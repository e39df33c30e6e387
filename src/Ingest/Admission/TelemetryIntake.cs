using Fengsui.Devices.Engine;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Admission;

/// <summary>Opens the intake of each connection over one registry and one journal.</summary>
public sealed class TelemetryIntake : IIntake
{
    private readonly DeviceEngine _engine;
    private readonly IntakeOptions _options;
    private readonly Provisioner _provisioner;
    private readonly RowTemplates _templates;

    public TelemetryIntake(DeviceEngine engine, IntakeOptions options)
    {
        _engine = engine;
        _options = options;
        _provisioner = new Provisioner(engine.Registry, options.Provisioning);
        _templates = new RowTemplates(engine.Registry.Metrics);
    }

    public IntakeCounters Counters { get; } = new();

    internal DeviceEngine Engine => _engine;

    internal PayloadRoutes Payloads { get; } = new();

    internal DecodingOptions Decoding => _options.Decoding;

    public IConnectionIntake Open(string clientId, string protocol, string? user)
    {
        var source = _engine.Registry.Source(SourceOf(clientId, protocol));
        var router = new TopicRouter(_provisioner, Payloads, user ?? clientId);
        var admission = new MessageAdmission(_engine.Registry, _options, _provisioner, _templates, Counters, clientId);
        return new ConnectionIntake(_engine, admission, new RouteCache(router, Payloads, _options.MaxRoutesPerConnection), source);
    }

    /// <summary>The intake of one connection of a field protocol.</summary>
    /// <param name="source">The name of its ledger: <c>modbus/boiler-house</c>.</param>
    /// <param name="stopping">Ends a wait for the journal.</param>
    internal SampleIntake OpenSamples(string source, CancellationToken stopping) =>
        new(_engine, _options, _provisioner, _templates, Counters, _engine.Registry.Source(source), stopping);

    /// <summary>
    /// One ledger per client, whatever version it speaks. Clients that gave no id come back under another each time, so
    /// they share one.
    /// </summary>
    private static string SourceOf(string clientId, string protocol) =>
        $"{protocol.Split('/')[0]}/{(AssignedClientId.IsAssigned(clientId) ? "(no client id)" : clientId)}";
}
