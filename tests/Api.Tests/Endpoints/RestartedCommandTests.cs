using Fengsui.Devices.Registry;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Idempotency keys over a restart, with the answers on the disk and without.</summary>
public sealed class RestartedCommandTests : IAsyncLifetime
{
    private const string Files = """{"files":[{"path":"r.yaml","text":"groups:\n  - name: g\n    rules:\n      - { alert: Hot, tier: major, expr: temperature > 1 }\n"}]}""";

    private ApiFixture _api = null!;

    public async Task InitializeAsync() =>
        _api = await ApiFixture.StartAsync("groups: []", engine => engine.Registry.Declare("lock-1", new DeviceFacts("lock", "tank-7", [])));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_rules_that_comes_again_after_a_restart_gets_the_same_answer_and_makes_no_second_version(bool losesAnswers)
    {
        var first = await _api.SendAsync("engineer", "POST", "rules/versions", Files, ("Idempotency-Key", "k-1"));
        Assert.Equal((200, 2), (first.Status, first.Json.GetProperty("version").GetInt32()));
        var rolled = await _api.SendAsync("engineer", "POST", "rules/rollback", """{"version":1}""", ("Idempotency-Key", "k-2"));
        Assert.Equal(3, rolled.Json.GetProperty("version").GetInt32());
        await _api.RestartAsync(losesAnswers);
        var again = await _api.SendAsync("engineer", "POST", "rules/versions", Files, ("Idempotency-Key", "k-1"));
        Assert.Equal((200, first.Json.GetRawText()), (again.Status, again.Json.GetRawText()));
        Assert.Equal(!losesAnswers, again.Answer.Headers.Contains("Idempotency-Replayed"));
        var rolledAgain = await _api.SendAsync("engineer", "POST", "rules/rollback", """{"version":1}""", ("Idempotency-Key", "k-2"));
        Assert.Equal((200, rolled.Json.GetRawText()), (rolledAgain.Status, rolledAgain.Json.GetRawText()));
        var other = await _api.SendAsync("engineer", "POST", "rules/versions", Files.Replace("> 1", "> 2", StringComparison.Ordinal), ("Idempotency-Key", "k-1"));
        Assert.Equal((409, "urn:fengsui:problem:idempotency-key-reused"), (other.Status, other.Json.GetProperty("type").GetString()));
        Assert.Equal(3, (await _api.Engine.RuleSets.CurrentAsync())!.Version);

        // The key of another person is another key.
        Assert.Equal(4, (await _api.SendAsync("admin", "POST", "rules/versions", Files, ("Idempotency-Key", "k-1"))).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_refusal_that_is_asked_for_again_after_a_restart_stays_one()
    {
        const string wrong = """{"files":[{"path":"r.yaml","text":"groups: 7"}]}""";
        var first = await _api.SendAsync("engineer", "POST", "rules/versions", wrong, ("Idempotency-Key", "k-1"));
        await _api.RestartAsync(losesAnswers: false);
        var again = await _api.SendAsync("engineer", "POST", "rules/versions", wrong, ("Idempotency-Key", "k-1"));
        Assert.Equal((422, first.Json.GetRawText()), (again.Status, again.Json.GetRawText()));
        Assert.Equal("true", again.Answer.Headers.GetValues("Idempotency-Replayed").Single());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_permit_that_is_granted_again_after_a_restart_is_the_permit_that_is_there(bool losesAnswers)
    {
        var made = await _api.SendAsync("operator", "POST", "zones/tank-7/permits", """{"to":"2999-01-01T00:00:00Z"}""", ("Idempotency-Key", "k"));
        Assert.Equal(201, made.Status);
        await _api.RestartAsync(losesAnswers);
        var again = await _api.SendAsync("operator", "POST", "zones/tank-7/permits", """{"to":"2999-01-01T00:00:00Z"}""", ("Idempotency-Key", "k"));
        Assert.Equal((losesAnswers ? 200 : 201, made.Json.GetRawText()), (again.Status, again.Json.GetRawText()));
        Assert.Single((await _api.SendAsync("operator", "GET", "zones/tank-7/permits")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Who_may_not_change_the_rules_and_tries_is_on_record()
    {
        Assert.Equal(403, (await _api.SendAsync("operator", "POST", "rules/versions", Files)).Status);
        Assert.Equal(403, (await _api.SendAsync("operator", "DELETE", "routes/a")).Status);
        Assert.Equal(["POST /api/v1/rules/versions", "DELETE /api/v1/routes/a"], _api.Access.All.Select(one => one.Action));
        var tried = _api.Access.All[0];
        Assert.Equal(("operator", "rule-set", false), (tried.Actor, tried.Subject, tried.IsGranted));
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Files)));
        Assert.Contains(digest, tried.Reason, StringComparison.Ordinal);
    }
}
