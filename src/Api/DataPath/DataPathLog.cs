using Fengsui.Ingest.Mqtt.Sessions;
using Fengsui.Rules;

namespace Fengsui.Api.DataPath;

/// <summary>What the data path logs.</summary>
internal static partial class DataPathLog
{
    [LoggerMessage(101, LogLevel.Information, "Recovered from journal position {From} to {To}: {Batches} batches in {Elapsed}")]
    public static partial void Recovered(ILogger logger, long from, long to, long batches, TimeSpan elapsed);

    [LoggerMessage(102, LogLevel.Error, "{Part}: {Message}")]
    public static partial void Incident(ILogger logger, string part, string message, Exception? cause);

    [LoggerMessage(103, LogLevel.Warning, "{Diagnostic}")]
    public static partial void Diagnostic(ILogger logger, Diagnostic diagnostic);

    [LoggerMessage(104, LogLevel.Information, "Rule set {Version} is in force; {Devices} devices are declared in files")]
    public static partial void RulesInForce(ILogger logger, int version, int devices);

    [LoggerMessage(110, LogLevel.Warning, "No rule is in force: there is none in {Directory}/rules, so nothing can raise an alert")]
    public static partial void NoRules(ILogger logger, string directory);

    [LoggerMessage(111, LogLevel.Error, "{Directory} has gone; the rules and devices before stay in force until it is back")]
    public static partial void ConfigurationGone(ILogger logger, string directory);

    [LoggerMessage(105, LogLevel.Error, "The rules in {Directory} were refused; the rule set before stays in force")]
    public static partial void RulesRefused(ILogger logger, string directory);

    [LoggerMessage(106, LogLevel.Warning, "The configuration in {Directory} cannot be read")]
    public static partial void ConfigurationUnreadable(ILogger logger, string directory, Exception cause);

    [LoggerMessage(107, LogLevel.Information, "Alert {State} {Tier} {Rule} on {Device}")]
    public static partial void Alert(ILogger logger, string state, string tier, string rule, string device);

    [LoggerMessage(108, LogLevel.Information, "… and {Count} more alert transitions at once: see the alert log")]
    public static partial void MoreAlerts(ILogger logger, int count);

    [LoggerMessage(109, LogLevel.Information, "MQTT state: {Outcome}, {Sessions} sessions, {Retained} retained messages {SetAside}")]
    public static partial void MqttStateLoaded(ILogger logger, StateLoadOutcome outcome, int sessions, int retained, string setAside);

    [LoggerMessage(112, LogLevel.Error, "The device files in {Directory} were refused; the devices stay as they were")]
    public static partial void DevicesRefused(ILogger logger, string directory);

    [LoggerMessage(113, LogLevel.Error, "The source files in {Directory} were refused; the sources stay as they were")]
    public static partial void SourcesRefused(ILogger logger, string directory);

    [LoggerMessage(130, LogLevel.Error, "The receivers in {Directory} were refused; those before stay in force")]
    public static partial void ReceiversRefused(ILogger logger, string directory);

    [LoggerMessage(131, LogLevel.Warning, "Delivery: {What}")]
    public static partial void Delivery(ILogger logger, string what);

    [LoggerMessage(114, LogLevel.Information, "Audit head {Head}")]
    public static partial void AuditHead(ILogger logger, string head);

    [LoggerMessage(115, LogLevel.Warning, "The audit head cannot be published over MQTT")]
    public static partial void AuditHeadUnpublished(ILogger logger, Exception cause);

    [LoggerMessage(116, LogLevel.Error, "MAJOR: the canary is missing, it stayed at {Stage}: {Reason}. Readings may not become alerts")]
    public static partial void CanaryMissing(ILogger logger, string stage, string reason);

    [LoggerMessage(117, LogLevel.Information, "The canary is back after {Missed} missed rounds")]
    public static partial void CanaryBack(ILogger logger, long missed);

    [LoggerMessage(119, LogLevel.Warning, "That the canary is missing cannot be made an alert yet: {Reason}")]
    public static partial void CanaryUnreported(ILogger logger, string reason);

    [LoggerMessage(118, LogLevel.Warning, "The state of the canary cannot be published over MQTT")]
    public static partial void CanaryUnpublished(ILogger logger, Exception cause);
}
