namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>
/// Grants <paramref name="Kind"/> on topics under <paramref name="Filter"/> (a topic filter; <c>%c</c> = client id, <c>%u</c> = user) to one user and/or client;
/// null means any. A rule with <c>%u</c> never applies to an anonymous client. Unlike in a subscription, a leading wildcard reaches <c>$</c> topics as well.
/// </summary>
public sealed record TopicAccessRule(TopicAccessKind Kind, string Filter, string? User = null, string? ClientId = null);
