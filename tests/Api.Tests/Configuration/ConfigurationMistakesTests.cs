using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Api.Tests.Configuration;

public sealed class ConfigurationMistakesTests
{
    [Fact]
    public void Every_mistake_of_a_file_is_reported_at_once_with_its_place_and_what_was_expected()
    {
        using var fixture = new ConfigurationFixture("""
            server:
              mqtt_prot: 1883
              http_port: 99999
              shutdown_timeout: soon
            journal:
              durability: fsnyc
              segment_bytes: 12
            logging:
              level: [debug]
            anonymous: maybe
            devices:
              shards: -1
              provisioning:
                allow: {a: b}
            histroy:
              retain_age: 1d
            """);

        Assert.Equal(
            [
                "fengsui.yaml:2:3: error unknown-key: unknown key 'mqtt_prot' in 'server'; did you mean 'mqtt_port'? (expected one of bind, mqtt_port, mqtts_port, http_port, inline_scheduling, io_queues, shutdown_timeout, tls)",
                "fengsui.yaml:3:14: error invalid-value: 'http_port' is '99999' (expected a port from 0 to 65535 (0 picks a free one))",
                "fengsui.yaml:4:21: error invalid-value: 'shutdown_timeout' is 'soon' (expected a duration such as 100ms, 30s, 5m, 1h30m or 2d, from 1s to 1h)",
                "fengsui.yaml:6:15: error invalid-value: 'durability' is 'fsnyc'; did you mean 'fsync'? (expected one of fsync, os)",
                "fengsui.yaml:7:18: error invalid-value: 'segment_bytes' is '12' (expected a size such as 64KiB, 256MiB or 10GB, from 2MiB to 1GiB)",
                "fengsui.yaml:9:10: error wrong-type: 'level' is a list (expected one of trace, debug, information, warning, error, none)",
                "fengsui.yaml:10:12: error invalid-value: 'anonymous' is 'maybe' (expected true or false)",
                "fengsui.yaml:12:11: error invalid-value: 'shards' is '-1' (expected a whole number from 0 to 256)",
                "fengsui.yaml:14:12: error wrong-type: 'allow' is a mapping (expected a list of patterns over device ids (* any characters, ? one))",
                "fengsui.yaml:15:1: error unknown-key: unknown key 'histroy' in the file; did you mean 'history'? (expected one of anonymous, users, access, influxdb, server, mqtt, journal, devices, ingest, history, dead_letters, alerts, canary, http, logging, telemetry)",
            ],
            fixture.Mistakes());
    }

    [Fact]
    public void A_file_that_is_not_yaml_is_one_mistake_with_its_place()
    {
        using var fixture = new ConfigurationFixture("server: [1883\nmqtt: {");

        var mistake = Assert.Single(fixture.Mistakes());
        Assert.StartsWith("fengsui.yaml:1:9: error yaml-syntax: ", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_in_users_keys_and_access_name_their_places_and_never_show_a_secret()
    {
        using var fixture = new ConfigurationFixture("""
            users:
              - name: gateway
                password_hash: plain-text-password
              - name: gateway
                password_hash_env: NO_SUCH_VARIABLE
              - password_hash_file: missing.txt
              - name: both
                password_hash: a
                password_hash_env: B
            access:
              - users: [gatewya]
                publish: [telemetry/#/x, a+b]
              - publish: []
            http:
              keys:
                - name: dashboard
                  hash: sha256:1234
            """);

        var mistakes = fixture.Mistakes();

        Assert.Equal(
            [
                "fengsui.yaml:3:20: error invalid-value: 'password_hash' is not a password hash (expected what 'fengsui hash-password' prints)",
                "fengsui.yaml:4:11: error duplicate-name: the name 'gateway' cannot be used (expected a name of its own, without * ? + # /)",
                "fengsui.yaml:5:24: error invalid-value: the environment variable 'NO_SUCH_VARIABLE' is not set",
                "fengsui.yaml:6:5: error missing-key: a user needs the key 'name'",
                "fengsui.yaml:6:25: error invalid-value: the file 'missing.txt' cannot be read",
                "fengsui.yaml:9:24: error missing-key: a user has both 'password_hash' and 'password_hash_env' (expected one of password_hash, password_hash_env, password_hash_file)",
                "fengsui.yaml:11:12: error invalid-value: no user is named 'gatewya'; did you mean 'gateway'? (expected a name under 'users', or a pattern such as *)",
                "fengsui.yaml:12:14: error invalid-value: 'publish' has the filter 'telemetry/#/x' (expected a topic filter: '+' is a whole level, '#' the whole last level)",
                "fengsui.yaml:12:14: error invalid-value: 'publish' has the filter 'a+b' (expected a topic filter: '+' is a whole level, '#' the whole last level)",
                "fengsui.yaml:13:5: error missing-key: an access entry names no user (expected a list of user names or patterns under 'users')",
                "fengsui.yaml:17:13: error invalid-value: 'hash' is not the hash of an API key (expected what 'fengsui new-api-key' prints)",
            ],
            mistakes);
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("plain-text-password", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_ports_are_a_mistake_and_name_where_the_second_was_set()
    {
        using var fixture = new ConfigurationFixture("server:\n  http_port: 1883\n");

        Assert.Equal(
            ["fengsui.yaml:2:14: server.http_port is 1883, and so is server.mqtt_port (expected different ports, or 0)"],
            fixture.Mistakes());
    }

    [Fact]
    public void A_coarser_tier_of_history_must_be_kept_at_least_as_long_as_a_finer_one()
    {
        using var fixture = new ConfigurationFixture("""
            history:
              retain_age: 8d
              retain_1s: 7d
              retain_1min: 6d
            """);

        Assert.Equal(
            [
                "fengsui.yaml:3:14: history.retain_1s is shorter than history.retain_age (expected at least as long, or 0 for no such tier)",
                "fengsui.yaml:4:16: history.retain_1min is shorter than history.retain_1s (expected at least as long, or 0 for no such tier)",
            ],
            fixture.Mistakes());
        using var without = new ConfigurationFixture("history: {retain_age: 8d, retain_1s: 0, retain_1min: 0}");
        Assert.Empty(without.Mistakes());
    }

    [Fact]
    public void A_certificate_without_key_and_a_file_that_is_missing_are_mistakes()
    {
        using var fixture = new ConfigurationFixture("server:\n  tls:\n    certificate: server.pem\n");

        Assert.Equal(
            [
                "fengsui.yaml:3:18: the certificate has no key (expected server.tls.key, or a .pfx or .p12 file)",
                "fengsui.yaml:3:18: server.tls.certificate: there is no file 'server.pem'",
            ],
            fixture.Mistakes());
    }

    [Fact]
    public void A_configuration_directory_that_was_asked_for_must_exist()
    {
        var loaded = Api.Configuration.ConfigurationLoader.Load(
            Api.Configuration.ConfigurationSources.None with { ConfigDirectory = "/no/such/directory" });

        Assert.Equal(["the configuration directory '/no/such/directory' does not exist"], loaded.Mistakes);
    }

    [Fact]
    public void An_access_list_with_nothing_in_it_denies()
    {
        using var empty = new ConfigurationFixture("access: []");
        using var commentedOut = new ConfigurationFixture("access:\n#  - users: ['*']\n");
        using var absent = new ConfigurationFixture("anonymous: true");

        Assert.Empty(empty.Load().Options.Access);
        Assert.Empty(commentedOut.Load().Options.Access);
        Assert.Single(absent.Load().Options.Access);
    }

    [Fact]
    public void Password_hashes_may_stand_in_the_file_in_a_variable_or_in_another_file()
    {
        var hash = PasswordHash.Create("secret"u8, 1000).ToString();
        using var fixture = new ConfigurationFixture($"""
            users:
              - name: inline
                password_hash: {hash}
              - name: variable
                password_hash_env: GATEWAY_HASH
              - name: file
                password_hash_file: hash.txt
            """);
        fixture.Environment["GATEWAY_HASH"] = hash;
        fixture.Write("hash.txt", hash + "\n");

        var loaded = fixture.Load();

        Assert.Empty(loaded.Mistakes);
        Assert.All(loaded.Options.Users, user => Assert.Equal(hash, user.PasswordHash));
        Assert.Equal(["inline", "variable", "file"], loaded.Options.Users.Select(user => user.Name));
    }
}
