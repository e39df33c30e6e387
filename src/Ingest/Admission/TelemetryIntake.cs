using Fengsui.Devices.Engine;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>Opens the intake of each connection over one registry and one journal.</summary>
public sealed class TelemetryIntake : IIntake
{
    private readonly DeviceEngine _engine;
    private readonly IntakeOptions _options;
    private readonly Provisioner _provisioner;
    private readonly MetricKeys _keys;

    public TelemetryIntake(DeviceEngine engine, IntakeOptions options)
    {
        _engine = engine;
        _options = options;
        _provisioner = new Provisioner(engine.Registry, options.Provisioning);
        _keys = new MetricKeys(engine.Registry.Metrics);
    }

    public IntakeCounters Counters { get; } = new();

    public IConnectionIntake Open(string clientId, string protocol, string? user)
    {
        var source = _engine.Registry.Source($"{protocol}/{clientId}");
        var router = new TopicRouter(_provisioner, user ?? clientId);
        return new ConnectionIntake(_engine, _options, _provisioner, router, _keys, Counters, source, clientId);
    }
}
