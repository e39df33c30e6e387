using System.Net;

namespace Fengsui.Api.Configuration.Sections;

/// <summary>Where the program listens and how it stops.</summary>
public sealed class ServerSection
{
    /// <summary>Loopback, since nothing is open to the network until someone has chosen who may come in.</summary>
    public IPAddress Bind { get; internal set; } = IPAddress.Loopback;

    /// <summary>1883, the registered port of MQTT; 0 picks a free one.</summary>
    public int MqttPort { get; internal set; } = 1883;

    /// <summary>8883, the registered port of MQTT over TLS; it opens only when a certificate is configured.</summary>
    public int MqttsPort { get; internal set; } = 8883;

    /// <summary>8080, the customary unprivileged HTTP port.</summary>
    public int HttpPort { get; internal set; } = 8080;

    /// <summary>
    /// Runs socket completions on the thread that polled them. It saves about 30 % of the CPU of an acknowledged message
    /// and is safe because nothing on the MQTT read path blocks; HTTP requests leave that thread at once.
    /// </summary>
    public bool InlineScheduling { get; internal set; } = true;

    /// <summary>Kestrel's I/O queues; 0 leaves the number to Kestrel (one a core, at most 16).</summary>
    public int IoQueues { get; internal set; }

    /// <summary>Bound on a graceful stop: longer than a slow disk needs to commit, shorter than the 30 s after which supervisors send SIGKILL.</summary>
    public TimeSpan ShutdownTimeout { get; internal set; } = TimeSpan.FromSeconds(20);

    public TlsSection Tls { get; } = new();

    public bool IsLoopback => IPAddress.IsLoopback(Bind);
}
