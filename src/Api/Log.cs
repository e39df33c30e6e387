using System.Net;

namespace Fengsui.Api;

/// <summary>Everything the host logs. Secrets are never arguments here.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "fengsui {Version} starting, configuration {Config}, data {Data}")]
    public static partial void Starting(ILogger logger, string version, string config, string data);

    [LoggerMessage(2, LogLevel.Warning, "There is no configuration directory {Config}: every option is at its default, the built-in rules are in force, and no devices are declared")]
    public static partial void NoConfiguration(ILogger logger, string config);

    [LoggerMessage(3, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(ILogger logger, string warning);

    [LoggerMessage(4, LogLevel.Information, "MQTT listens on {EndPoint}")]
    public static partial void MqttListening(ILogger logger, EndPoint endPoint);

    [LoggerMessage(5, LogLevel.Information, "MQTT over TLS listens on {EndPoint}")]
    public static partial void MqttsListening(ILogger logger, EndPoint endPoint);

    [LoggerMessage(6, LogLevel.Information, "HTTP listens on {Scheme}://{EndPoint}")]
    public static partial void HttpListening(ILogger logger, string scheme, EndPoint endPoint);

    [LoggerMessage(7, LogLevel.Information, "Clients without a name are admitted, on loopback only")]
    public static partial void AnonymousAdmitted(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "MQTT listens on {EndPoint} without TLS: passwords and readings cross the network in the clear")]
    public static partial void ClearTextBeyondLoopback(ILogger logger, EndPoint endPoint);

    [LoggerMessage(9, LogLevel.Information, "Durability is os: acknowledged messages survive a crash of this program, not a power cut")]
    public static partial void OsDurability(ILogger logger);

    [LoggerMessage(10, LogLevel.Information, "Stopping: no new connections, draining for at most {Timeout}")]
    public static partial void Stopping(ILogger logger, TimeSpan timeout);

    [LoggerMessage(11, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(12, LogLevel.Error, "A request for {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(13, LogLevel.Warning, "An event stream was closed: its client fell {Queued} events behind")]
    public static partial void SlowStreamClosed(ILogger logger, int queued);

    [LoggerMessage(14, LogLevel.Warning, "The certificate {Subject} expires on {NotAfter:yyyy-MM-dd}")]
    public static partial void CertificateExpires(ILogger logger, string subject, DateTimeOffset notAfter);

    [LoggerMessage(15, LogLevel.Error, "Readiness check {Check} failed to answer")]
    public static partial void ReadinessCheckFailed(ILogger logger, Exception exception, string check);

    [LoggerMessage(16, LogLevel.Information, "Metrics are exported to {Endpoint}")]
    public static partial void Exporting(ILogger logger, Uri endpoint);

    [LoggerMessage(17, LogLevel.Warning, "Not ready: {Check}: {Detail}")]
    public static partial void NotReady(ILogger logger, string check, string detail);

    [LoggerMessage(18, LogLevel.Information, "Ready again: {Check}")]
    public static partial void ReadyAgain(ILogger logger, string check);

    [LoggerMessage(19, LogLevel.Warning, "Credentials from {Address} were refused: {Why}")]
    public static partial void CredentialsRefused(ILogger logger, IPAddress? address, string why);

    [LoggerMessage(20, LogLevel.Warning, "{Caller} has not the permission {Permission}: {Method} {Path}")]
    public static partial void PermissionMissing(ILogger logger, string caller, string permission, string method, string path);

    [LoggerMessage(21, LogLevel.Warning, "Answers to commands with an Idempotency-Key cannot be kept on the disk: after a restart what they changed is still known, their answers are not")]
    public static partial void AnswersNotKept(ILogger logger, Exception exception);
}
