using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Api.Tests.Configuration;

public sealed class InfluxTargetsTests
{
    [Fact]
    public void Each_version_has_its_own_keys_and_everything_can_be_said()
    {
        using var fixture = new ConfigurationFixture("""
            influxdb:
              - { name: old, version: 1, url: http://127.0.0.1:8086, database: plant, retention_policy: year, user: writer, password_file: secret }
              - name: new
                version: 2
                url: https://influx.example:8086/prefix
                org: acme
                bucket: plant
                token_env: INFLUX_TOKEN
                gzip: false
                in_flight: 4
                timeout: 5s
                max_journal_bytes: 1GiB
                max_rejected_bytes: 1MiB
                start: 2026-11-25T08:00:00Z
                backfill: history
                alerts: alarm steps
                duties: { measurement: due, steps: [overdue, done], tags: { site: "=plant-7", wing: "label:wing" } }
                batch: { lines: 100, bytes: 64KiB, age: 250ms }
                retry: { initial: 100ms, maximum: 10s, stopped: 1m }
                mapping:
                  layout: tall
                  measurement: "{type}.{metric}"
                  tags: { dev: device, wing: "label:wing", site: "=plant-7", metric: metric }
                  fields: { co: carbon_monoxide }
                  ignore: ["debug_*"]
                  integers: [count]
                  booleans: ["is_*"]
                  quality: write
                  precision: ns
              - { name: newest, version: 3, url: "http://127.0.0.1:8181", database: plant, start: now }
              - { name: vm, version: victoriametrics, url: "http://127.0.0.1:8428", duties: {} }
            """);
        fixture.Write("secret", "first-secret\n");
        fixture.Environment["INFLUX_TOKEN"] = "second-secret";

        var loaded = fixture.Load();

        Assert.Empty(loaded.Mistakes);
        Assert.Empty(loaded.Warnings);
        var targets = loaded.Options.InfluxDb;
        Assert.Equal(["old", "new", "newest", "vm"], targets.Select(target => target.Name));
        Assert.Equal(("plant", "year", "writer", "first-secret"), (targets[0].Database, targets[0].RetentionPolicy, targets[0].User, targets[0].Password));
        var other = targets[1];
        Assert.Equal(("acme", "plant", "second-secret", false, 4), (other.Organisation, other.Bucket, other.Token, other.Gzip, other.InFlight));
        Assert.Equal((100, 64 << 10, TimeSpan.FromMilliseconds(250)), (other.BatchLines, other.BatchBytes, other.BatchAge));
        Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)), (other.RetryInitial, other.RetryMaximum, other.StoppedRetry));
        Assert.Equal((1L << 30, 1L << 20, TimeSpan.FromSeconds(5)), (other.MaxJournalBytes, other.MaxRejectedBytes, other.Timeout));
        Assert.Equal(new TargetStart(1795593600000, false), other.Start);
        Assert.Equal((TargetBackfill.History, TargetBackfill.Journal), (other.Backfill, targets[0].Backfill));
        Assert.Equal(("due", null), (other.Duties!.Measurement, targets[0].Duties));
        Assert.Equal([DutyStep.Overdue, DutyStep.Done], other.Duties.Steps);
        Assert.Equal([new("site", TagSource.Constant, "plant-7"), new("wing", TagSource.Label, "wing")], other.Duties.Tags);
        Assert.Equal(("duties", Enum.GetValues<DutyStep>().Length, 0), (targets[3].Duties!.Measurement, targets[3].Duties!.Steps.Count, targets[3].Duties!.Tags.Count));
        Assert.Equal(("alarm steps", null), (other.Alerts, targets[0].Alerts));
        Assert.Equal((LineLayout.Tall, "{type}.{metric}", QualityField.Write, TimePrecision.Nanoseconds), (other.Mapping.Layout, other.Mapping.Measurement, other.Mapping.Quality, other.Mapping.Precision));
        Assert.Equal([new("dev", TagSource.Device), new("wing", TagSource.Label, "wing"), new("site", TagSource.Constant, "plant-7"), new("metric", TagSource.Metric)], other.Mapping.Tags);
        Assert.Equal("carbon_monoxide", other.Mapping.Fields["co"]);
        Assert.Equal(["debug_*", "count", "is_*"], [.. other.Mapping.Ignore, .. other.Mapping.Integers, .. other.Mapping.Booleans]);
        Assert.Equal(TargetStart.Now, targets[2].Start);
    }

    [Fact]
    public void Every_mistake_is_found_at_once_and_no_secret_is_shown()
    {
        using var fixture = new ConfigurationFixture("""
            influxdb:
              - name: Plant 7
                version: 2
                url: http://user:top-secret@127.0.0.1:8086
                org: acme
                token: top-secret
                database: plant
                in_flight: 99
                start: yesterday
                backfill: histroy
                batch: { line: 5 }
                mapping:
                  layout: narrow
                  measurement: "{metrics}"
                  tags: { a: devise, time: zone, m: metric }
                  fields: { a: x, b: x }
                  precision: minutes
              - { name: a, version: 4, url: ftp://x, database: d, user: u, tls_ca_file: none.pem }
              - { name: a, version: 3, url: "http://x", database: d, token_env: NOT_SET, start: now, backfill: history }
              - { name: c, version: victoriametrics, url: "http://x", duties: { steps: [due, overdo], tags: { rule: "=x", z: zone }, kind: x } }
            """);

        var mistakes = fixture.Mistakes();

        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("top-secret", StringComparison.Ordinal));
        string[] expected =
        [
            "fengsui.yaml:2:11: error duplicate-name: the name 'Plant 7' cannot be used (expected a name of its own of small letters, digits, - and _, at most 40 characters)",
            "fengsui.yaml:4:10: error invalid-value: 'url' is not the address of a server (expected http:// or https://, host, port, without user, password and query)",
            "fengsui.yaml:6:12: error invalid-value: 'token' stands in the file for all to read (expected token_env, the name of an environment variable, or token_file, the path of a file)",
            "fengsui.yaml:2:5: error missing-key: an InfluxDB target needs the key 'bucket'",
            "fengsui.yaml:7:5: error unknown-key: unknown key 'database' in an InfluxDB target",
            "fengsui.yaml:8:16: error out-of-range: 'in_flight' is '99' (expected a whole number from 1 to 16)",
            "fengsui.yaml:9:12: error invalid-value: 'start' is 'yesterday' (expected beginning, now, or a time such as 2026-11-25T08:00:00Z)",
            "fengsui.yaml:10:15: error invalid-value: 'backfill' is 'histroy'; did you mean 'history'? (expected one of journal, history)",
            "fengsui.yaml:19:100: error invalid-value: 'backfill' is 'history', but 'start' is 'now' (expected no 'backfill', or another 'start')",
            "fengsui.yaml:20:76: error invalid-value: there is no step 'overdo' of a duty; did you mean 'overdue'? (expected some of due, acknowledged, begun, ",
            "fengsui.yaml:20:105: error invalid-value: the tag 'rule' is '=x' (expected label:NAME or =TEXT, under a key that duties do not have themselves)",
            "fengsui.yaml:20:114: error invalid-value: the tag 'z' is 'zone'",
            "fengsui.yaml:20:122: error unknown-key: unknown key 'kind' in 'duties'",
            "fengsui.yaml:11:14: error unknown-key: unknown key 'line' in 'batch'; did you mean 'lines'?",
            "fengsui.yaml:13:15: error invalid-value: 'layout' is 'narrow' (expected one of wide, tall)",
            "fengsui.yaml:14:20: error invalid-value: 'measurement' is '{metrics}'",
            "fengsui.yaml:15:18: error invalid-value: the tag 'a' is 'devise'",
            "fengsui.yaml:15:32: error invalid-value: the tag 'time' is 'zone'",
            "fengsui.yaml:15:41: error invalid-value: the tag 'm' is 'metric'",
            "fengsui.yaml:16:26: error duplicate-name: the field of 'b' is 'x' (expected a name of its own)",
            "fengsui.yaml:17:18: error invalid-value: 'precision' is 'minutes' (expected one of ms, s, us, ns)",
            "fengsui.yaml:18:25: error invalid-value: 'version' is '4' (expected one of 1, 2, 3, victoriametrics)",
            "fengsui.yaml:18:33: error invalid-value: 'url' is not the address of a server",
            "fengsui.yaml:18:5: error missing-key: a user without a password, or a password without a user",
            "fengsui.yaml:18:77: error invalid-value: 'tls_ca_file': there is no file",
            "fengsui.yaml:19:13: error duplicate-name: the name 'a' cannot be used",
            "fengsui.yaml:19:69: error invalid-value: the environment variable 'NOT_SET' is not set",
        ];
        Assert.Equal(expected.Length, mistakes.Length);
        Assert.All(expected, start => Assert.Contains(mistakes, mistake => mistake.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Credentials_that_leave_the_machine_without_tls_are_warned_about()
    {
        using var fixture = new ConfigurationFixture("""
            influxdb:
              - { name: a, version: 3, url: "http://influx.example:8181", database: d, token_file: token }
            """);
        fixture.Write("token", "x");

        Assert.Contains("credentials go to another machine without TLS", Assert.Single(fixture.Load().Warnings), StringComparison.Ordinal);
    }
}
