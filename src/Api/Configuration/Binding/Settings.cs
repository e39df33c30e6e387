using Fengsui.Api.Configuration.Sections;
using static Fengsui.Api.Configuration.Binding.SettingKinds;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>
/// Every option of the host but the tables (users, access, API keys, InfluxDB targets), in the order of the file. Ranges exclude values
/// that can only be a slip of the pen or that take away a bound.
/// </summary>
internal static class Settings
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);

    public static IReadOnlyList<Setting> All { get; } =
    [
        .. Server(), .. Mqtt(), .. Journal(), .. Devices(), .. Ingest(), .. Stores(), .. Http(), .. Observation(),
    ];

    private static Setting[] Server() =>
    [
        Address("server.bind", o => o.Server.Bind, (o, v) => o.Server.Bind = v),
        Port("server.mqtt_port", o => o.Server.MqttPort, (o, v) => o.Server.MqttPort = v),
        Port("server.mqtts_port", o => o.Server.MqttsPort, (o, v) => o.Server.MqttsPort = v),
        Port("server.http_port", o => o.Server.HttpPort, (o, v) => o.Server.HttpPort = v),
        Bool("server.inline_scheduling", o => o.Server.InlineScheduling, (o, v) => o.Server.InlineScheduling = v),
        Int("server.io_queues", 0, 64, o => o.Server.IoQueues, (o, v) => o.Server.IoQueues = v),
        Time("server.shutdown_timeout", Second, Hour, o => o.Server.ShutdownTimeout, (o, v) => o.Server.ShutdownTimeout = v),
        File("server.tls.certificate", o => o.Server.Tls.Certificate, (o, v) => o.Server.Tls.Certificate = v),
        File("server.tls.key", o => o.Server.Tls.Key, (o, v) => o.Server.Tls.Key = v),
        File("server.tls.password_file", o => o.Server.Tls.PasswordFile, (o, v) => o.Server.Tls.PasswordFile = v),
        Bool("server.tls.http", o => o.Server.Tls.Http, (o, v) => o.Server.Tls.Http = v),
        Bool("anonymous", o => o.Anonymous, (o, v) => o.Anonymous = v),
    ];

    private static Setting[] Mqtt() =>
    [
        Int("mqtt.max_connections", 1, 1_000_000, o => o.Mqtt.MaxConnections, (o, v) => o.Mqtt.MaxConnections = v),
        Time("mqtt.connect_timeout", Second, Hour, o => o.Mqtt.ConnectTimeout, (o, v) => o.Mqtt.ConnectTimeout = v),
        Time("mqtt.write_timeout", Second, Hour, o => o.Mqtt.WriteTimeout, (o, v) => o.Mqtt.WriteTimeout = v),
        Size("mqtt.max_packet_bytes", 1024, 256 << 20, o => o.Mqtt.MaxPacketBytes, (o, v) => o.Mqtt.MaxPacketBytes = v),
        Int("mqtt.max_topic_bytes", 16, 65_535, o => o.Mqtt.MaxTopicBytes, (o, v) => o.Mqtt.MaxTopicBytes = v),
        Int("mqtt.max_topic_levels", 4, 256, o => o.Mqtt.MaxTopicLevels, (o, v) => o.Mqtt.MaxTopicLevels = v),
        Int("mqtt.receive_maximum", 1, 65_535, o => o.Mqtt.ReceiveMaximum, (o, v) => o.Mqtt.ReceiveMaximum = v),
        Int("mqtt.topic_alias_maximum", 0, 65_535, o => o.Mqtt.TopicAliasMaximum, (o, v) => o.Mqtt.TopicAliasMaximum = v),
        Int("mqtt.max_queued_messages", 0, 1_000_000, o => o.Mqtt.MaxQueuedMessages, (o, v) => o.Mqtt.MaxQueuedMessages = v),
        Size("mqtt.max_queued_bytes", 0, 1L << 30, o => o.Mqtt.MaxQueuedBytes, (o, v) => o.Mqtt.MaxQueuedBytes = v),
        Int("mqtt.max_retained_messages", 0, 10_000_000, o => o.Mqtt.MaxRetainedMessages, (o, v) => o.Mqtt.MaxRetainedMessages = v),
        Size("mqtt.max_retained_bytes", 0, 16L << 30, o => o.Mqtt.MaxRetainedBytes, (o, v) => o.Mqtt.MaxRetainedBytes = v),
        Int("mqtt.max_sessions", 1, 10_000_000, o => o.Mqtt.MaxSessions, (o, v) => o.Mqtt.MaxSessions = v),
        Time("mqtt.max_session_expiry", TimeSpan.Zero, TenYears, o => o.Mqtt.MaxSessionExpiry, (o, v) => o.Mqtt.MaxSessionExpiry = v),
        Int("mqtt.max_subscriptions", 1, 100_000, o => o.Mqtt.MaxSubscriptions, (o, v) => o.Mqtt.MaxSubscriptions = v),
        Time("mqtt.max_keep_alive", Second, TimeSpan.FromHours(18), o => o.Mqtt.MaxKeepAlive, (o, v) => o.Mqtt.MaxKeepAlive = v),
    ];

    private static Setting[] Journal() =>
    [
        Choice(
            "journal.durability",
            [("fsync", Durability.Fsync), ("os", Durability.Os)],
            o => o.Journal.Durability,
            (o, v) => o.Journal.Durability = v),
        Time("journal.commit_interval", TimeSpan.Zero, Second, o => o.Journal.CommitInterval, (o, v) => o.Journal.CommitInterval = v),
        Size("journal.segment_bytes", 2 << 20, 1L << 30, o => o.Journal.SegmentBytes, (o, v) => o.Journal.SegmentBytes = v),
        Size("journal.retain_bytes", 1 << 20, 1L << 50, o => o.Journal.RetainBytes, (o, v) => o.Journal.RetainBytes = v),
        Time("journal.retain_age", Hour, TenYears, o => o.Journal.RetainAge, (o, v) => o.Journal.RetainAge = v),
    ];

    private static Setting[] Devices() =>
    [
        Int("devices.shards", 0, 256, o => o.Devices.Shards, (o, v) => o.Devices.Shards = v),
        Int("devices.max_devices", 1, 100_000_000, o => o.Devices.MaxDevices, (o, v) => o.Devices.MaxDevices = v),
        Time("devices.snapshot_interval", Second, Hour * 24, o => o.Devices.SnapshotInterval, (o, v) => o.Devices.SnapshotInterval = v),
        Time("devices.passivate_after", Second, TenYears, o => o.Devices.PassivateAfter, (o, v) => o.Devices.PassivateAfter = v),
        Globs("devices.provisioning.allow", o => o.Devices.Provisioning.Allow, (o, v) => o.Devices.Provisioning.Allow = v),
        Globs("devices.provisioning.deny", o => o.Devices.Provisioning.Deny, (o, v) => o.Devices.Provisioning.Deny = v),
        Level("devices.provisioning.default_type", o => o.Devices.Provisioning.DefaultType, (o, v) => o.Devices.Provisioning.DefaultType = v),
        Level("devices.provisioning.default_zone", o => o.Devices.Provisioning.DefaultZone, (o, v) => o.Devices.Provisioning.DefaultZone = v),
    ];

    private static Setting[] Ingest() =>
    [
        Time("ingest.max_past", Second, TenYears, o => o.Ingest.MaxPast, (o, v) => o.Ingest.MaxPast = v),
        Time("ingest.max_future", Second, TenYears, o => o.Ingest.MaxFuture, (o, v) => o.Ingest.MaxFuture = v),
        Int("ingest.max_metrics", 1, 65_535, o => o.Ingest.MaxMetrics, (o, v) => o.Ingest.MaxMetrics = v),
        Int("ingest.max_depth", 1, 64, o => o.Ingest.MaxDepth, (o, v) => o.Ingest.MaxDepth = v),
    ];

    private static Setting[] Stores() =>
    [
        Time("history.retain_age", Hour, TenYears, o => o.History.RetainAge, (o, v) => o.History.RetainAge = v),
        Time("history.retain_1s", TimeSpan.Zero, TenYears, o => o.History.Retain1s, (o, v) => o.History.Retain1s = v),
        Time("history.retain_1min", TimeSpan.Zero, TenYears, o => o.History.Retain1Min, (o, v) => o.History.Retain1Min = v),
        Size("history.retain_bytes", 1 << 20, 1L << 50, o => o.History.RetainBytes, (o, v) => o.History.RetainBytes = v),
        Int("dead_letters.max_count", 1, 10_000_000, o => o.DeadLetters.MaxCount, (o, v) => o.DeadLetters.MaxCount = v),
        Size("dead_letters.max_bytes", 1024, 16L << 30, o => o.DeadLetters.MaxBytes, (o, v) => o.DeadLetters.MaxBytes = v),
        Level("alerts.topic_prefix", o => o.Alerts.TopicPrefix, (o, v) => o.Alerts.TopicPrefix = v),
        Int("alerts.max_resolved", 1, 100_000_000, o => o.Alerts.MaxResolved, (o, v) => o.Alerts.MaxResolved = v),
        Size("alerts.segment_bytes", 64 << 10, 1L << 30, o => o.Alerts.SegmentBytes, (o, v) => o.Alerts.SegmentBytes = v),
        Size("alerts.retain_bytes", 1 << 20, 1L << 50, o => o.Alerts.RetainBytes, (o, v) => o.Alerts.RetainBytes = v),
        Time("alerts.retain_age", Hour, TenYears, o => o.Alerts.RetainAge, (o, v) => o.Alerts.RetainAge = v),
        Bool("canary.enabled", o => o.Canary.Enabled, (o, v) => o.Canary.Enabled = v),
        Time("canary.interval", Second, Hour, o => o.Canary.Interval, (o, v) => o.Canary.Interval = v),
        Time("canary.deadline", Second, Hour, o => o.Canary.Deadline, (o, v) => o.Canary.Deadline = v),
    ];

    private static Setting[] Http() =>
    [
        Texts(
            "http.allowed_hosts",
            "a list of host names without port",
            host => !host.Contains('/', StringComparison.Ordinal) && Uri.CheckHostName(host) != UriHostNameType.Unknown,
            o => o.Http.AllowedHosts,
            (o, v) => o.Http.AllowedHosts = v),
        Int("http.max_connections", 1, 1_000_000, o => o.Http.MaxConnections, (o, v) => o.Http.MaxConnections = v),
        Int("http.max_failed_logins", 1, 100_000, o => o.Http.MaxFailedLogins, (o, v) => o.Http.MaxFailedLogins = v),
        Size("http.max_request_bytes", 1024, 1L << 30, o => o.Http.MaxRequestBytes, (o, v) => o.Http.MaxRequestBytes = v),
        Time("http.request_timeout", Second, Hour, o => o.Http.RequestTimeout, (o, v) => o.Http.RequestTimeout = v),
        Time("http.header_timeout", Second, Hour, o => o.Http.HeaderTimeout, (o, v) => o.Http.HeaderTimeout = v),
        Time("http.keep_alive", Second, Hour, o => o.Http.KeepAlive, (o, v) => o.Http.KeepAlive = v),
        Int("http.streams.max_clients", 0, 100_000, o => o.Http.Streams.MaxClients, (o, v) => o.Http.Streams.MaxClients = v),
        Int("http.streams.max_queued", 1, 1_000_000, o => o.Http.Streams.MaxQueued, (o, v) => o.Http.Streams.MaxQueued = v),
        Time("http.streams.heartbeat", Second, Hour, o => o.Http.Streams.Heartbeat, (o, v) => o.Http.Streams.Heartbeat = v),
    ];

    private static Setting[] Observation() =>
    [
        Choice(
            "logging.level",
            [
                ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("information", LogLevel.Information),
                ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("none", LogLevel.None),
            ],
            o => o.Logging.Level,
            (o, v) => o.Logging.Level = v),
        Bool("logging.file", o => o.Logging.File, (o, v) => o.Logging.File = v),
        Size("logging.max_file_bytes", 64 << 10, 16L << 30, o => o.Logging.MaxFileBytes, (o, v) => o.Logging.MaxFileBytes = v),
        Int("logging.retained_files", 1, 10_000, o => o.Logging.RetainedFiles, (o, v) => o.Logging.RetainedFiles = v),
        Of<Uri>(
            "telemetry.otlp_endpoint",
            "an http or https address such as http://127.0.0.1:4317",
            TryEndpoint,
            value => value?.OriginalString ?? string.Empty,
            o => o.Telemetry.OtlpEndpoint!,
            (o, v) => o.Telemetry.OtlpEndpoint = v),
        Choice(
            "telemetry.otlp_protocol",
            [("grpc", OtlpProtocol.Grpc), ("http", OtlpProtocol.Http)],
            o => o.Telemetry.OtlpProtocol,
            (o, v) => o.Telemetry.OtlpProtocol = v),
        Time("telemetry.export_interval", Second, Hour, o => o.Telemetry.ExportInterval, (o, v) => o.Telemetry.ExportInterval = v),
    ];

    private static Setting File(string path, Func<FengsuiOptions, string?> get, Action<FengsuiOptions, string> set) =>
        Text(path, "the path of a file", _ => true, get, set);

    private static Setting Level(string path, Func<FengsuiOptions, string?> get, Action<FengsuiOptions, string> set) =>
        Text(path, "a name without spaces, /, + or #", text => text.IndexOfAny([' ', '/', '+', '#']) < 0, get, set);

    private static Setting Globs(string path, Func<FengsuiOptions, IReadOnlyList<string>> get, Action<FengsuiOptions, IReadOnlyList<string>> set) =>
        Texts(path, "a list of patterns over device ids (* any characters, ? one)", _ => true, get, set);

    private static bool TryEndpoint(string text, out Uri value)
    {
        var isUri = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        value = uri!;
        return isUri;
    }
}
