using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds the list <c>influxdb</c>: the servers that readings are written to. Which keys there are depends on the server's version.</summary>
internal sealed class InfluxBinder(SecretReader secrets)
{
    private const int MaxTargets = 16;
    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly KeyValuePair<string, InfluxGeneration>[] Generations =
    [
        new("1", InfluxGeneration.V1), new("2", InfluxGeneration.V2), new("3", InfluxGeneration.V3), new("victoriametrics", InfluxGeneration.VictoriaMetrics),
    ];

    private static readonly KeyValuePair<string, TargetBackfill>[] Backfills = [new("journal", TargetBackfill.Journal), new("history", TargetBackfill.History)];

    public IReadOnlyList<InfluxTargetOptions> Bind(YamlMap map)
    {
        var targets = new List<InfluxTargetOptions>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Maps("influxdb", "an InfluxDB target"))
        {
            if (Target(entry, names) is { } target)
            {
                targets.Add(target);
            }
        }

        if (targets.Count > MaxTargets)
        {
            map.Diagnostics.Error(map.SpotOf("influxdb"), DiagnosticCodes.OutOfRange, $"there are {targets.Count} InfluxDB targets", $"at most {MaxTargets}");
        }

        return targets;
    }

    private InfluxTargetOptions? Target(YamlMap entry, HashSet<string> names)
    {
        var name = Name(entry, names);
        var url = Url(entry);
        entry.RequiredNode("version");
        var generation = entry.Choice("version", InfluxGeneration.V1, Generations);
        var options = Credentials(entry, new InfluxTargetOptions { Name = name ?? "", Url = url ?? new Uri("http://127.0.0.1"), Generation = generation });
        var (batch, retry) = (entry.Map("batch", "'batch'"), entry.Map("retry", "'retry'"));
        options = options with
        {
            CertificateAuthority = Authority(entry),
            Gzip = entry.Has("gzip") ? entry.Boolean("gzip", true) : null,
            InFlight = entry.Integer("in_flight", options.InFlight, 1, 16),
            Timeout = Duration(entry, "timeout", options.Timeout, 100, 600_000),
            MaxJournalBytes = entry.Bytes("max_journal_bytes", options.MaxJournalBytes, 1 << 20, 1L << 50),
            MaxRejectedBytes = entry.Bytes("max_rejected_bytes", options.MaxRejectedBytes, 64 << 10, 1L << 40),
            Alerts = entry.Has("alerts") ? entry.RequiredString("alerts") : null,
            Duties = InfluxDutiesBinder.Bind(entry),
            Start = Start(entry),
            Backfill = Backfill(entry),
            Mapping = InfluxMappingBinder.Bind(entry),
        };
        if (batch is not null)
        {
            options = options with
            {
                BatchLines = batch.Integer("lines", options.BatchLines, 1, 100_000),
                BatchBytes = (int)batch.Bytes("bytes", options.BatchBytes, 1 << 10, 64 << 20),
                BatchAge = Duration(batch, "age", options.BatchAge, 10, 60_000),
            };
            batch.Finish();
        }

        if (retry is not null)
        {
            options = options with
            {
                RetryInitial = Duration(retry, "initial", options.RetryInitial, 10, 60_000),
                RetryMaximum = Duration(retry, "maximum", options.RetryMaximum, 10, 3_600_000),
                StoppedRetry = Duration(retry, "stopped", options.StoppedRetry, 1_000, 86_400_000),
            };
            retry.Finish();
        }

        entry.Finish();
        return name is null || url is null ? null : options;
    }

    private static string? Name(YamlMap entry, HashSet<string> names)
    {
        var name = entry.RequiredString("name");
        if (name is null || (name.Length <= 40 && name.All(NameCharacters.Contains) && names.Add(name)))
        {
            return name;
        }

        entry.Diagnostics.Error(
            entry.SpotOf("name"), DiagnosticCodes.DuplicateName, $"the name '{name}' cannot be used", "a name of its own of small letters, digits, - and _, at most 40 characters");
        return null;
    }

    private static Uri? Url(YamlMap entry)
    {
        if (entry.RequiredString("url") is not { } text)
        {
            return null;
        }

        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        if (isUrl && url!.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url;
        }

        // The text is not repeated: people put passwords into addresses.
        entry.Diagnostics.Error(
            entry.SpotOf("url"), DiagnosticCodes.InvalidValue, "'url' is not the address of a server", "http:// or https://, host, port, without user, password and query");
        return null;
    }

    private InfluxTargetOptions Credentials(YamlMap entry, InfluxTargetOptions options)
    {
        var isV2 = options.Generation == InfluxGeneration.V2;
        var isV1 = options.Generation == InfluxGeneration.V1;
        options = options with
        {
            Organisation = isV2 ? entry.RequiredString("org") : null,
            Bucket = isV2 ? entry.RequiredString("bucket") : null,
            Database = isV2 ? null : options.Generation == InfluxGeneration.VictoriaMetrics ? entry.String("database") : entry.RequiredString("database"),
            RetentionPolicy = isV1 ? entry.String("retention_policy") : null,
            Token = isV1 ? null : secrets.ReadKept(entry, "token")?.Text,
        };
        if (isV1 || options.Generation == InfluxGeneration.VictoriaMetrics)
        {
            options = options with { User = entry.String("user"), Password = secrets.ReadKept(entry, "password")?.Text };
            if (options.User is null != options.Password is null)
            {
                entry.Diagnostics.Error(entry.Spot, DiagnosticCodes.MissingKey, "a user without a password, or a password without a user", "user, and password_env or password_file");
            }
        }

        if ((options.Token ?? options.Password) is not null && options.Url is { Scheme: "http", IsLoopback: false })
        {
            entry.Diagnostics.Warning(entry.SpotOf("url"), DiagnosticCodes.InvalidValue, "credentials go to another machine without TLS", "https");
        }

        return options;
    }

    private string? Authority(YamlMap entry)
    {
        if (secrets.PathOf(entry, "tls_ca_file") is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            if (found.Count > 0)
            {
                return file;
            }
        }
        catch (CryptographicException)
        {
            // Told below.
        }

        entry.Diagnostics.Error(entry.SpotOf("tls_ca_file"), DiagnosticCodes.InvalidValue, "'tls_ca_file' holds no certificate", "a file in PEM form");
        return null;
    }

    private static TargetBackfill Backfill(YamlMap entry)
    {
        var backfill = entry.Choice("backfill", TargetBackfill.Journal, Backfills);
        if (backfill == TargetBackfill.History && entry.String("start") == "now")
        {
            entry.Diagnostics.Error(
                entry.SpotOf("backfill"), DiagnosticCodes.InvalidValue, "'backfill' is 'history', but 'start' is 'now'", "no 'backfill', or another 'start'");
        }

        return backfill;
    }

    private static TargetStart Start(YamlMap entry)
    {
        switch (entry.String("start"))
        {
            case null or "beginning":
                return TargetStart.Beginning;
            case "now":
                return TargetStart.Now;
            case { } text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time):
                return new TargetStart(time.ToUnixTimeMilliseconds(), false);
            case { } text:
                entry.Diagnostics.Error(entry.SpotOf("start"), DiagnosticCodes.InvalidValue, $"'start' is '{text}'", "beginning, now, or a time such as 2026-11-25T08:00:00Z");
                return TargetStart.Beginning;
        }
    }

    private static TimeSpan Duration(YamlMap map, string key, TimeSpan fallback, long minMs, long maxMs) =>
        TimeSpan.FromMilliseconds(map.DurationMs(key, (long)fallback.TotalMilliseconds, minMs, maxMs));
}
