using Fengsui.Devices.Engine;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Bridge;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources.Again;
using Microsoft.Extensions.Logging;

namespace Fengsui.Ingest.Sources;

/// <summary>What a source is given to work with.</summary>
public sealed class SourceContext(TelemetryIntake intake, TimeProvider time, ILoggerFactory loggers)
{
    public SourceBook Book { get; } = new(time);

    /// <summary>The clock of time-outs and back-off; never of a reading.</summary>
    public TimeProvider Time => time;

    /// <summary>The bridges that are connected now.</summary>
    public BridgeLinks Bridges { get; } = new();

    /// <summary>The broker that we are, for sources that publish; null in a tool without one.</summary>
    public MqttBroker? Broker { get; init; }

    /// <summary>The directory that file names in the configuration are relative to.</summary>
    public string ConfigDirectory { get; init; } = "";

    /// <summary>Where a source keeps what must survive a restart; empty in a tool without such a place.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>The log of alerts, for sources that pass alerts on.</summary>
    internal DeviceEngine Engine => intake.Engine;

    internal IReadingJournal Journal => intake.Journal;

    /// <summary>The intake as a broker's connection has it, for messages that come by topics.</summary>
    internal IIntake Messages => intake;

    /// <summary>Where a source takes its dead letters again.</summary>
    internal SecondTries SecondTries => intake.SecondTries;

    internal PayloadRoutes Payloads => intake.Payloads;

    /// <summary>How requests over HTTP bring readings in.</summary>
    internal HttpWriteSettings HttpWrites { get; } = new();

    /// <summary>Bytes of a metric's name.</summary>
    internal int MaxNameBytes => intake.Decoding.MaxNameBytes;

    internal ILogger Logger(string protocol) => loggers.CreateLogger($"Fengsui.Ingest.{protocol}");

    /// <summary>Opens the intake of one connection; its ledger is <c>protocol/source</c>.</summary>
    internal SampleIntake OpenIntake(string protocol, string source, CancellationToken stopping) =>
        intake.OpenSamples($"{protocol}/{source}", stopping);
}
