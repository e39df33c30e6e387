using Fengsui.Api.Security;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Api.Tests.Configuration;

public sealed class ExposureTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.7")]
    public void Binding_beyond_loopback_without_credentials_is_refused_and_all_that_is_missing_is_said(string address)
    {
        using var fixture = new ConfigurationFixture();
        fixture.Environment["FENGSUI_BIND"] = address;

        Assert.Equal(
            [
                $"environment variable FENGSUI_BIND: listening on {address} would let the network in, and MQTT admits clients without a name (expected 'anonymous: false' in fengsui.yaml, or --bind 127.0.0.1)",
                $"environment variable FENGSUI_BIND: listening on {address} would let the network in, and there is no MQTT user (expected one under 'users'; 'fengsui hash-password' makes its password_hash)",
                $"environment variable FENGSUI_BIND: listening on {address} would let the network in, and the HTTP API has no key (expected one under 'http.keys'; 'fengsui new-api-key' makes it)",
            ],
            fixture.Mistakes());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void Loopback_needs_no_credentials(string address)
    {
        using var fixture = new ConfigurationFixture($"server: {{bind: '{address}'}}");

        Assert.Empty(fixture.Mistakes());
    }

    [Fact]
    public void With_users_keys_and_no_anonymous_clients_any_address_may_be_bound()
    {
        using var fixture = new ConfigurationFixture($"""
            server: {'{'}bind: '*'{'}'}
            anonymous: false
            users:
              - name: gateway
                password_hash: {PasswordHash.Create("secret"u8, 1000)}
            http:
              keys:
                - name: dashboard
                  hash: {ApiKey.Format(ApiKey.Hash(ApiKey.Create()))}
            """);

        Assert.Empty(fixture.Mistakes());
    }
}
