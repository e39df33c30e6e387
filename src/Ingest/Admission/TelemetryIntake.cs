using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Ingest.Admission;

/// <summary>Opens the intake of each connection over one registry and one journal.</summary>
public sealed class TelemetryIntake : IIntake
{
    private readonly DeviceEngine? _engine;
    private readonly IReadingJournal _journal;
    private readonly IntakeOptions _options;
    private readonly Provisioner _provisioner;
    private readonly RowTemplates _templates;

    public TelemetryIntake(DeviceEngine engine, IntakeOptions options)
        : this(new EngineJournal(engine), options) => _engine = engine;

    /// <summary>For a journal without an engine behind it: there are no alerts to pass on and no history to look into.</summary>
    public TelemetryIntake(IReadingJournal journal, IntakeOptions options)
    {
        _journal = journal;
        _options = options;
        _provisioner = new Provisioner(journal.Registry, options.Provisioning);
        _templates = new RowTemplates(journal.Registry.Metrics);
        SecondTries = new SecondTries(OpenAgain);
    }

    /// <summary>Where dead letters that are no messages of a topic are tried again.</summary>
    public SecondTries SecondTries { get; }

    public IntakeCounters Counters { get; } = new();

    /// <exception cref="InvalidOperationException">There is a journal and no more.</exception>
    internal DeviceEngine Engine => _engine ?? throw new InvalidOperationException("this intake has no engine behind its journal");

    internal IReadingJournal Journal => _journal;

    internal PayloadRoutes Payloads { get; } = new();

    internal DecodingOptions Decoding => _options.Decoding;

    public IConnectionIntake Open(string clientId, string protocol, string? user)
    {
        var source = _journal.Registry.Source(SourceOf(clientId, protocol));
        var router = new TopicRouter(_provisioner, Payloads, user ?? clientId);
        var admission = new MessageAdmission(_journal.Registry, _options, _provisioner, _templates, Counters, clientId);
        return new ConnectionIntake(_journal, admission, new RouteCache(router, Payloads, _options.MaxRoutesPerConnection), source);
    }

    /// <summary>Takes a message again that was refused before.</summary>
    /// <param name="topic">As it came, or mended.</param>
    /// <param name="payload">Likewise.</param>
    /// <returns>Why it is refused, and nothing of it stored; <see cref="RejectReason.None"/> when all of it is durable; null when the topic is none of ours.</returns>
    public Task<RejectReason?> TakeAgainAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        new SecondTry(_journal, _options, _provisioner, _templates, user => new RouteCache(new TopicRouter(_provisioner, Payloads, user), Payloads, _options.MaxRoutesPerConnection))
            .TakeAsync(topic, payload, cancellation);

    /// <summary>The intake of one connection of a field protocol.</summary>
    /// <param name="source">The name of its ledger: <c>modbus/boiler-house</c>.</param>
    /// <param name="stopping">Ends a wait for the journal.</param>
    internal SampleIntake OpenSamples(string source, CancellationToken stopping) =>
        new(_journal, _options, _provisioner, _templates, Counters, _journal.Registry.Source(source), stopping);

    private SampleIntake OpenAgain(string source, long heardMs, IntakeCounters counters, CancellationToken cancellation) =>
        new(_journal, _options, _provisioner, _templates, counters, _journal.Registry.Source(source), cancellation) { HeardMs = heardMs };

    /// <summary>
    /// One ledger per client, whatever version it speaks. Clients that gave no id come back under another each time, so
    /// they share one.
    /// </summary>
    private static string SourceOf(string clientId, string protocol) =>
        $"{protocol.Split('/')[0]}/{(AssignedClientId.IsAssigned(clientId) ? "(no client id)" : clientId)}";
}
