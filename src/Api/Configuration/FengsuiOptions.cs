using Fengsui.Api.Configuration.Sections;
using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Api.Configuration;

/// <summary>
/// Everything the host can be told: <c>config/fengsui.yaml</c>, beneath the environment and the command line. Bound and
/// validated once at start; the setters are the binder's alone, so nothing changes afterwards.
/// </summary>
public sealed class FengsuiOptions
{
    public ServerSection Server { get; } = new();

    public MqttSection Mqtt { get; } = new();

    /// <summary>Whether MQTT clients may connect without a name. Has effect on loopback only: beyond it the program refuses to start with it.</summary>
    public bool Anonymous { get; internal set; } = true;

    public IReadOnlyList<UserEntry> Users { get; internal set; } = [];

    /// <summary>Access list of the MQTT endpoint. The default lets anybody who was admitted do anything; a list in the file replaces it.</summary>
    public IReadOnlyList<AccessEntry> Access { get; internal set; } = [AccessEntry.Everything];

    public JournalSection Journal { get; } = new();

    public DeviceSection Devices { get; } = new();

    public IngestSection Ingest { get; } = new();

    public HistorySection History { get; } = new();

    /// <summary>Servers that readings are written to beside the embedded history.</summary>
    public IReadOnlyList<InfluxTargetOptions> InfluxDb { get; internal set; } = [];

    public DeadLetterSection DeadLetters { get; } = new();

    public AlertSection Alerts { get; } = new();

    public CanarySection Canary { get; } = new();

    public HttpSection Http { get; } = new();

    public LogSection Logging { get; } = new();

    public TelemetrySection Telemetry { get; } = new();
}
