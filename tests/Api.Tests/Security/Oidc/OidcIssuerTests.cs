using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Oidc;
using Fengsui.Api.Tests.Configuration;
using Fengsui.Api.Tests.Hosting;

namespace Fengsui.Api.Tests.Security.Oidc;

public sealed class OidcIssuerTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = OidcIssuer.Client();
    private readonly SetTime _time = new();
    private FakeIssuer _issuer = null!;
    private OidcIssuer _taken = null!;

    public async Task InitializeAsync()
    {
        _issuer = await FakeIssuer.StartAsync();
        _taken = new OidcIssuer(
            new OidcSection
            {
                Issuer = _issuer.Address,
                Audience = "fengsui",
                RolesClaim = "realm.roles",
                RoleMap = new Dictionary<string, Roles> { ["park-safety"] = Roles.Safety },
            },
            _http,
            _time);
    }

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    public void Dispose()
    {
        _taken.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_token_of_the_issuer_is_somebody_with_the_roles_that_the_claim_maps_to(string algorithm)
    {
        var identity = await IdentifyAsync(Token(algorithm: algorithm));
        Assert.Equal((Credentials.Right, "oidc:zhang", Roles.Safety), (identity.Credentials, identity.Caller.Name, identity.Caller.Roles));
        Assert.Equal($"{_issuer.Address} u-17", identity.Caller.Person);
        Assert.Equal(_time.GetUtcNow().AddSeconds(330), identity.Caller.Until);
    }

    [Fact]
    public async Task What_is_not_signed_by_the_issuers_keys_is_nobody()
    {
        var token = Token();
        var parts = token.Split('.');
        var forged = Token(claims => claims["sub"] = "root").Split('.');
        foreach (var wrong in (string[])
        [
            "", "a.b", "a.b.c", "....", token[..^4] + "AAAA", $"{parts[0]}.{forged[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.AA",
            Token(algorithm: "none"), Token(algorithm: "HS256"), Token(algorithm: "HS256", kid: "secret"), Token(kid: "rsa-2"), Token(kid: "ec-1"), Token(algorithm: "ES256", kid: "rsa-1"),
            Token(changeHeader: header => header["crit"] = new JsonArray("exp")), Token(changeHeader: header => header["typ"] = "logout+jwt"), Token(changeHeader: header => header["alg"] = "rs256"),
        ])
        {
            Assert.Equal(Credentials.Wrong, (await IdentifyAsync(wrong)).Credentials);
        }
    }

    [Fact]
    public async Task Issuer_audience_and_times_must_be_right()
    {
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims["iss"] = _issuer.Address + "/"))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims["aud"] = "other"))).Credentials);
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token(claims => claims["aud"] = "fengsui"))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims.Remove("aud")))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims.Remove("exp")))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims["exp"] = "soon"))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims.Remove("sub")))).Credentials);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token(claims => claims["exp"] = now - 29))).Credentials);
        Assert.Equal(Credentials.Expired, (await IdentifyAsync(Token(claims => claims["exp"] = now - 30))).Credentials);
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token(claims => claims["nbf"] = now + 30))).Credentials);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(claims => claims["nbf"] = now + 31))).Credentials);
        Assert.Equal(Roles.None, (await IdentifyAsync(Token(claims => claims["realm"] = "admin"))).Caller.Roles);
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_found_and_nonsense_does_not_make_us_ask_each_time()
    {
        await IdentifyAsync(Token());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(kid: $"rsa-{i + 2}"))).Credentials);
        }

        Assert.Equal(1, _issuer.Asked);
        _issuer.RsaKey = "rsa-next";
        _time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token())).Credentials);
        Assert.Equal(2, _issuer.Asked);
        Assert.Equal(Credentials.Wrong, (await IdentifyAsync(Token(kid: "rsa-1"))).Credentials);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_told_from_a_wrong_token_and_known_keys_stay_good_for_an_hour()
    {
        _issuer.IsAway = true;
        Assert.Equal(Credentials.Unverifiable, (await IdentifyAsync(Token())).Credentials);
        _issuer.IsAway = false;
        _time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token())).Credentials);
        _issuer.IsAway = true;
        _time.Pass(TimeSpan.FromMinutes(60));
        Assert.Equal(Credentials.Right, (await IdentifyAsync(Token())).Credentials);
        _time.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(Credentials.Unverifiable, (await IdentifyAsync(Token())).Credentials);
    }

    [Fact]
    public async Task A_whole_server_takes_tokens_beside_keys_and_needs_no_key_of_its_own()
    {
        await using var server = await TestServer.StartAsync($"http: {{oidc: {{issuer: '{_issuer.Address}', audience: fengsui, roles_claim: realm.roles, roles: {{park-safety: [safety]}}}}}}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/readyz")).StatusCode);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _issuer.Token());
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/page")).StatusCode);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _issuer.Token(claims => claims["realm"] = new JsonObject()));
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.GetAsync("/page")).StatusCode);
    }

    [Fact]
    public void Every_mistake_of_the_configuration_is_told_and_keys_in_the_clear_are_one()
    {
        using var fixture = new ConfigurationFixture("""
            http:
              oidc:
                issuer: http://login.example
                jwks_uri: keys
                algorithms: [HS256]
                roles: { a: [saftey] }
                clock_skw: 1s
            """);
        var mistakes = fixture.Mistakes();
        foreach (var part in (string[])["'issuer' is 'http://login.example'", "'jwks_uri' is 'keys'", "needs the key 'audience'", "'HS256' is not taken", "did you mean 'safety'", "did you mean 'clock_skew'"])
        {
            Assert.Contains(mistakes, mistake => mistake.Contains(part, StringComparison.Ordinal));
        }

        Assert.Equal(6, mistakes.Length);
    }

    private string Token(Action<JsonObject>? change = null, string algorithm = "RS256", string? kid = null, Action<JsonObject>? changeHeader = null) =>
        _issuer.Token(change, algorithm, kid, changeHeader, _time.GetUtcNow());

    private async Task<Identity> IdentifyAsync(string token) => await _taken.IdentifyAsync(token, CancellationToken.None);
}
