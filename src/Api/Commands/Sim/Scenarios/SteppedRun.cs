using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Registry.Files;
using Fengsui.Devices.Replay;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Stepped;
using Fengsui.Rules;
using Fengsui.Rules.Zones;
using Fengsui.Rules.Zones.Site;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>
/// A scenario without a server: its messages go through the decoders and the sessions of the protocols into the engine in memory, whose clock is
/// stepped. Hours pass in seconds, and the same seed gives the same alerts to the byte.
/// </summary>
internal sealed class SteppedRun
{
    private const string Author = "scenario";

    /// <summary>As the server ticks.</summary>
    private const int TickMs = 1_000;

    private readonly Sandbox _sandbox = new(new SandboxOptions());
    private readonly Dictionary<string, (IConnectionIntake Intake, Dictionary<string, int> Topics)> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SteppedPeer Peer, ushort Serial)> _terminals = new(StringComparer.Ordinal);
    private readonly List<AlertTransition> _alerts = [];
    private readonly ScenarioRun _run;
    private readonly SandboxJournal _journal;
    private readonly TelemetryIntake _intake;
    private readonly string _source;
    private long _nextTickMs;

    /// <param name="run">What happens.</param>
    /// <param name="rules">The rule set, with the routes that it names beside those of the scenario.</param>
    /// <param name="directory">Where the scenario's configuration was written to, for keys.</param>
    /// <exception cref="InvalidDataException">The rules, or the configuration, are wrong.</exception>
    public SteppedRun(ScenarioRun run, IReadOnlyList<RuleFile> rules, string directory)
    {
        _run = run;
        _journal = new SandboxJournal(_sandbox);
        _intake = new TelemetryIntake(_journal, new IntakeOptions());
        var config = run.Config(vehiclePort: 0);
        _source = config.SourceName;
        _nextTickMs = run.StartMs;
        Tick(run.StartMs);
        Adopt(rules, config.Routes());
        Declare(config.Devices());
        Open(config.Sources(), directory);
    }

    /// <summary>Rows that failed for a fault of ours; anything above 0 makes the result worthless.</summary>
    public long QuarantinedRows => _sandbox.QuarantinedRows;

    /// <summary>Messages that were not taken, with what became of them.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Runs to the end.</summary>
    /// <returns>Every step of every alert, in the order of the alert log.</returns>
    public IReadOnlyList<AlertTransition> Play()
    {
        foreach (var step in _run.Steps())
        {
            var nowMs = _run.StartMs + step.AtMs;
            Tick(nowMs);
            _journal.StepTo(nowMs);
            if (step is SiteStep act)
            {
                Tell(act, nowMs);
            }
            else
            {
                Send((WireMessage)step);
            }

            Collect();
        }

        Tick(_run.StartMs + _run.Scenario.LastsMs);
        return _alerts;
    }

    private void Adopt(IReadOnlyList<RuleFile> rules, string? routes)
    {
        var outcome = _sandbox.AdoptRules(routes is null ? rules : [.. rules, new RuleFile($"routes/{_source}.geojson", routes)], Author);
        if (!outcome.Accepted)
        {
            throw new InvalidDataException(string.Join('\n', outcome.Diagnostics));
        }
    }

    private void Declare(string devices)
    {
        var catalog = DeviceFileReader.Read([new DeviceFile($"devices/{_source}.yaml", devices)]);
        if (catalog.HasErrors)
        {
            throw new InvalidDataException(string.Join('\n', catalog.Diagnostics));
        }

        foreach (var (id, facts) in catalog.Devices)
        {
            _sandbox.Declare(id, facts.Type, facts.Zone, facts.Labels);
        }
    }

    private void Open(string? text, string directory)
    {
        if (text is null)
        {
            return;
        }

        var catalog = SourceFileReader.Read([new SourceFile($"sources/{_source}.yaml", text)]);
        if (catalog.HasErrors)
        {
            throw new InvalidDataException(string.Join('\n', catalog.Diagnostics));
        }

        var sources = new SteppedSources(_intake, TimeProvider.System, directory);
        foreach (var source in catalog.Sources)
        {
            sources.Open(source);
        }

        foreach (var vehicle in _run.Scenario.Devices.Where(device => device.Sends.By == WireForm.Jt808))
        {
            _terminals.Add(vehicle.Sends.Address, (sources.Connect("jt808", _source), 0));
        }
    }

    private void Send(WireMessage message)
    {
        if (message.By == WireForm.Jt808)
        {
            var (peer, serial) = _terminals[message.Line];
            _terminals[message.Line] = (peer, (ushort)(serial + 1));
            var answer = peer.Send(TerminalFrames.Of(message, serial));
            if (answer.Length == 0)
            {
                Refused.Add($"{message.Line}: message {message.MessageId:X4} was not answered");
            }

            return;
        }

        if (!_gateways.TryGetValue(message.Line, out var gateway))
        {
            gateway = (_intake.Open(message.Line, "mqtt/5.0", null), new Dictionary<string, int>(StringComparer.Ordinal));
            _gateways.Add(message.Line, gateway);
        }

        Publish(gateway.Intake, gateway.Topics, message);
    }

    private void Publish(IConnectionIntake gateway, Dictionary<string, int> topics, WireMessage message)
    {
        if (!topics.TryGetValue(message.Topic, out var slot))
        {
            topics.Add(message.Topic, slot = topics.Count);
        }

        var verdict = gateway.Accept(new InboundMessage
        {
            Topic = Encoding.UTF8.GetBytes(message.Topic),
            Payload = message.Payload,
            Qos = 1,
            PacketId = 1,
            TopicCacheSlot = slot,
        });
        if (verdict != IntakeVerdict.Staged)
        {
            Refused.Add($"{message.Topic}: {verdict}");
        }

        if (gateway.HasStaged)
        {
            gateway.TryCommit(NoWaiter.Instance, out _);
        }
    }

    private void Tell(SiteStep act, long nowMs)
    {
        if (act.Action is SiteAction.Enter or SiteAction.Leave)
        {
            _sandbox.Tick(nowMs);
            _sandbox.Declare(ZoneState.PersonPrefix + act.Person, ZoneState.PersonType, act.Action == SiteAction.Enter ? act.Zone : DeviceFacts.DefaultZone, []);
            _sandbox.Tick(nowMs);
            return;
        }

        SiteFact fact = act.Action switch
        {
            SiteAction.Permit => new PermitGranted(act.Id, [], act.Persons, nowMs, act.UntilMs),
            SiteAction.Revoke => new PermitRevoked(act.Id),
            SiteAction.GasTest => new GasTested(act.Id, act.Person, nowMs, true, []),
            _ => new Unlocked($"unlock-{act.AtMs}-{act.Person}", act.Device, act.Person, nowMs),
        };
        _sandbox.Append(new SiteRecord(nowMs, Author, act.Zone, fact).Encode());
    }

    /// <summary>All ticks that are due before this moment, ms since 1970 UTC.</summary>
    private void Tick(long untilMs)
    {
        for (; _nextTickMs <= untilMs; _nextTickMs += TickMs)
        {
            _journal.StepTo(_nextTickMs);
            _sandbox.Tick(_nextTickMs);
            Collect();
        }
    }

    private void Collect()
    {
        while (_sandbox.TryTake(out var step))
        {
            _alerts.Add(step);
        }
    }
}
