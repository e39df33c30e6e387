using Fengsui.Fleet.Faults;

namespace Fengsui.Fleet;

/// <summary>What a fleet is and does. Plain values; <see cref="Validate"/> says everything that is wrong with them.</summary>
public sealed class FleetOptions
{
    /// <summary>Bound on <see cref="InFlight"/>: packet ids must stay unique among what is in flight.</summary>
    public const int MaxInFlight = 8192;

    /// <summary>Bound on samples or devices in one message.</summary>
    public const int MaxPointsPerMessage = 100;

    /// <summary>Bound on messages gathered into one write.</summary>
    public const int MaxMessagesPerWrite = 1024;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>Devices, named <see cref="DevicePrefix"/> and a number, unless <see cref="Roster"/> names them.</summary>
    public int Devices { get; init; } = 100;

    public string DevicePrefix { get; init; } = "dev-";

    /// <summary>Devices with names and metrics of their own; replaces <see cref="Devices"/> and <see cref="ValuesPerPoint"/>.</summary>
    public IReadOnlyList<FleetDevice> Roster { get; init; } = [];

    /// <summary>Samples per second of each device. It also spaces event times when <see cref="Unthrottled"/>.</summary>
    public double RateHz { get; init; } = 10;

    /// <summary>Send as fast as the server takes it, instead of by the schedule of <see cref="RateHz"/>.</summary>
    public bool Unthrottled { get; init; }

    public int Connections { get; init; } = 10;

    public int Qos { get; init; } = 1;

    /// <summary>PUBLISH packets gathered into one socket write, as a gateway does that flushes once for many sensors.</summary>
    public int MessagesPerWrite { get; init; } = 1;

    /// <summary>Unacknowledged QoS 1 or 2 messages allowed per connection.</summary>
    public int InFlight { get; init; } = 20;

    public PayloadForm Form { get; init; } = PayloadForm.Ts;

    /// <summary>Values in each sample: the first so many of the vocabulary (temperature, humidity, co, h2s, lel, o2, …).</summary>
    public int ValuesPerPoint { get; init; } = 5;

    /// <summary>Samples (<see cref="PayloadForm.Array"/>) or devices (<see cref="PayloadForm.Gateway"/>) in each message.</summary>
    public int PointsPerMessage { get; init; } = 5;

    /// <summary>A space after each colon and comma, as many JSON libraries write. Five values then make 120 bytes.</summary>
    public bool SpacedJson { get; init; }

    /// <summary>Stop after this time. With neither this nor <see cref="Messages"/> the fleet runs until cancelled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Stop after this many messages, shared evenly among the connections.</summary>
    public long? Messages { get; init; }

    /// <summary>Every value, fault and client id follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Event time of the first sample in Unix ms; the present when absent. With it a run is reproducible byte for byte.</summary>
    public long? StartMs { get; init; }

    /// <summary>4 is MQTT 3.1.1, 5 is MQTT 5.0.</summary>
    public int ProtocolVersion { get; init; } = 4;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string ClientIdPrefix { get; init; } = "fleet-";

    public string TopicPrefix { get; init; } = "telemetry/";

    /// <summary>False keeps the server's session over reconnects, so that re-sent messages are marked DUP.</summary>
    public bool CleanSession { get; init; } = true;

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all connections may take to be accepted at the start before the run fails.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of the run waits for what is still unacknowledged.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An unacknowledged message older than this makes its connection reconnect and send again.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Sender threads; connections are shared among them.</summary>
    public int Threads { get; init; } = 1;

    public FaultOptions Faults { get; init; } = new();

    /// <summary>Every acknowledged sample is appended here as one JSON line: <c>{"d":device,"ts":ms,"v":[…]}</c>.</summary>
    public string? AckedLogPath { get; init; }

    /// <summary>What was truly injected is written here at the end, one JSON line per fault.</summary>
    public string? TruthPath { get; init; }

    public int DeviceCount => Roster.Count > 0 ? Roster.Count : Devices;

    internal int SamplesPerMessage => Form == PayloadForm.Array ? PointsPerMessage : 1;

    internal int DevicesPerMessage => Form == PayloadForm.Gateway ? PointsPerMessage : 1;

    /// <summary>Everything that is wrong, in the words of the command line; empty when the fleet can run.</summary>
    public IReadOnlyList<string> Validate() => FleetOptionsRules.Check(this);
}
