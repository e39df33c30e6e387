using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Security;
using Microsoft.AspNetCore.Http;

namespace Fengsui.Api.Tests.Security;

public sealed class BearerKeysTests
{
    private static readonly string First = ApiKey.Create();
    private static readonly string Second = ApiKey.Create();

    private static readonly BearerKeys Keys = new(
        [new ApiKeyEntry("first", ApiKey.Hash(First)), new ApiKeyEntry("second", ApiKey.Hash(Second))]);

    [Fact]
    public void Each_key_is_known_by_its_name()
    {
        Assert.Equal("first", Keys.Identify("Bearer " + First)?.Name);
        Assert.Equal("second", Keys.Identify("bearer  " + Second)?.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer fsk_wrong")]
    [InlineData("Basic Zmlyc3Q6c2Vjb25k")]
    public void Anything_else_is_nobody(string? header) => Assert.Null(Keys.Identify(header));

    [Fact]
    public void A_key_with_something_behind_it_is_nobody()
    {
        Assert.Null(Keys.Identify("Bearer " + First + "x"));
        Assert.Null(Keys.Identify("Bearer " + First + new string('x', 10_000)));
    }

    [Fact]
    public void The_text_form_of_a_hash_is_read_back_and_nothing_else_is()
    {
        var hash = ApiKey.Hash(First);

        Assert.True(ApiKey.TryParseHash(ApiKey.Format(hash), out var parsed));
        Assert.Equal(hash, parsed);
        Assert.False(ApiKey.TryParseHash(ApiKey.Format(hash)[..^1], out _));
        Assert.False(ApiKey.TryParseHash(ApiKey.Format(hash)[..^1] + "g", out _));
        Assert.False(ApiKey.TryParseHash(First, out _));
    }

    [Theory]
    [InlineData("localhost:8080", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("fengsui.internal", true)]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("192.0.2.7", false)]
    [InlineData("", false)]
    public void On_loopback_only_local_and_configured_host_names_are_answered(string host, bool isAnswered)
    {
        var names = new HostNames(isLoopback: true, ["fengsui.internal"]);

        Assert.Equal(isAnswered, names.Accepts(new HostString(host)));
    }

    [Fact]
    public void Beyond_loopback_any_name_is_answered_unless_some_are_configured()
    {
        Assert.True(new HostNames(isLoopback: false, []).Accepts(new HostString("gateway.park")));
        Assert.False(new HostNames(isLoopback: false, ["fengsui.park"]).Accepts(new HostString("gateway.park")));
    }
}
