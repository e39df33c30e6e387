using Fengsui.Devices.Registry;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Entity tags, versions and idempotency keys.</summary>
public sealed class RepeatedCommandTests : IAsyncLifetime
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Inside, tier: major, scope: zone, expr: persons_inside() > 0 }
        """;

    private ApiFixture _api = null!;

    public async Task InitializeAsync() =>
        _api = await ApiFixture.StartAsync(Rules, engine => engine.Registry.Declare("lock-1", new DeviceFacts("lock", "tank-7", [])));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_command_that_comes_again_under_its_key_gets_the_same_answer_and_is_done_once()
    {
        const string change = """{"operation":"stored","un":"1203","quantity_kg":200}""";
        var first = await _api.SendAsync("operator", "POST", "zones/tank-7/goods", change, ("Idempotency-Key", "k-1"));
        var again = await _api.SendAsync("operator", "POST", "zones/tank-7/goods", change, ("Idempotency-Key", "k-1"));
        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal("true", again.Answer.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(200, (await _api.SendAsync("operator", "GET", "zones/tank-7/goods")).Json.GetProperty("goods")[0].GetProperty("quantity_kg").GetDouble());
        var other = await _api.SendAsync("operator", "POST", "zones/tank-7/goods", """{"operation":"stored","un":"1203","quantity_kg":1}""", ("Idempotency-Key", "k-1"));
        Assert.Equal((409, "urn:fengsui:problem:idempotency-key-reused"), (other.Status, other.Json.GetProperty("type").GetString()));
        Assert.Equal(400, (await _api.SendAsync("operator", "POST", "zones/tank-7/goods", change, ("Idempotency-Key", new string('k', 129)))).Status);
        var mine = await _api.SendAsync("admin", "POST", "zones/tank-7/goods", change, ("Idempotency-Key", "k-1"));
        Assert.Equal(400, mine.Json.GetProperty("goods")[0].GetProperty("quantity_kg").GetDouble());
    }

    [Fact]
    public async Task What_a_caller_has_already_is_not_sent_again_and_another_caller_has_another_tag()
    {
        await _api.SendAsync("operator", "PUT", "zones/tank-7/goods", """{"un":"1203","class":"3","quantity_kg":900}""");
        var first = await _api.SendAsync("operator", "GET", "zones/tank-7/goods");
        var tag = first.Answer.Headers.ETag!.ToString();
        Assert.Equal(304, (await _api.SendAsync("operator", "GET", "zones/tank-7/goods", null, ("If-None-Match", $"\"other\", W/{tag}"))).Status);
        Assert.Equal(200, (await _api.SendAsync("safety", "GET", "zones/tank-7/goods", null, ("If-None-Match", tag))).Status);
        await _api.SendAsync("operator", "PUT", "zones/tank-7/goods", """{"un":"1203","class":"3","quantity_kg":901}""", ("If-Match", tag));
        Assert.Equal(200, (await _api.SendAsync("operator", "GET", "zones/tank-7/goods", null, ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task A_command_about_an_alert_names_the_version_it_acts_on()
    {
        await _api.SendAsync("operator", "PUT", "persons/li", """{"zone":"tank-7"}""");
        var id = (await _api.SendAsync("operator", "GET", "alerts")).Json.GetProperty("items")[0].GetProperty("alert").GetString();
        var shown = await _api.SendAsync("operator", "GET", $"alerts/{id}");
        Assert.Equal($"\"{shown.Json.GetProperty("alert_version").GetInt32()}\"", shown.Answer.Headers.ETag!.ToString());
        Assert.Equal(428, (await _api.SendAsync("operator", "POST", $"alerts/{id}/acknowledge")).Status);
        Assert.Equal(400, (await _api.SendAsync("operator", "POST", $"alerts/{id}/acknowledge", null, ("If-Match", "*"))).Status);
        Assert.Equal(400, (await _api.SendAsync("operator", "POST", $"alerts/{id}/assign", "{}", ("If-Match", "\"1\""))).Status);
        Assert.Equal(403, (await _api.SendAsync("viewer", "POST", $"alerts/{id}/acknowledge", null, ("If-Match", "\"1\""))).Status);
        Assert.Equal(404, (await _api.SendAsync("operator", "POST", "alerts/none/acknowledge", null, ("If-Match", "\"1\""))).Status);
    }

    [Fact]
    public async Task Both_authorities_confirm_a_disposal_and_what_they_note_is_put_on_record_when_it_is_seen()
    {
        await _api.SendAsync("operator", "PUT", "persons/li", """{"zone":"tank-7"}""");
        var id = (await _api.SendAsync("operator", "GET", "alerts")).Json.GetProperty("items")[0].GetProperty("alert").GetString();
        var seen = await _api.SendAsync("operator", "POST", $"alerts/{id}/acknowledge", null, ("If-Match", "\"1\""), ("Idempotency-Key", "a"));
        Assert.Equal((200, "\"2\""), (seen.Status, seen.Answer.Headers.ETag!.ToString()));
        Assert.Equal(412, (await _api.SendAsync("operator", "POST", $"alerts/{id}/acknowledge", null, ("If-Match", "\"1\""))).Status);
        var safety = await _api.SendAsync("safety", "POST", $"alerts/{id}/dispose", """{"note":"valve closed"}""", ("If-Match", "\"2\""));
        Assert.Equal((200, "disposal-confirmed"), (safety.Status, safety.Json.GetProperty("event").GetString()));
        var customs = await _api.SendAsync("customs", "POST", $"alerts/{id}/dispose", """{"note":"seal 7 whole"}""", ("If-Match", "\"3\""));
        Assert.Equal((200, "disposed"), (customs.Status, customs.Json.GetProperty("event").GetString()));
        Assert.Empty(_api.Access.All);
        var events = (await _api.SendAsync("safety+customs", "GET", $"alerts/{id}")).Json.GetProperty("events");
        Assert.Contains(events.EnumerateArray(), one => one.TryGetProperty("note", out var note) && note.GetString() == "seal 7 whole");
        Assert.Equal($"alerts/{id}", Assert.Single(_api.Access.All).Subject);
        Assert.DoesNotContain((await _api.SendAsync("admin", "GET", $"alerts/{id}")).Json.GetProperty("events").EnumerateArray(), one => one.TryGetProperty("note", out _));
    }

    [Fact]
    public async Task A_change_of_rules_may_name_the_version_in_if_match()
    {
        var rules = await _api.SendAsync("engineer", "GET", "rules");
        var tag = rules.Answer.Headers.ETag!.ToString();
        const string body = """{"files":[{"path":"r.yaml","text":"groups: []"}],"remove":true}""";
        Assert.Equal(409, (await _api.SendAsync("engineer", "POST", "rules/versions", body, ("If-Match", "\"77\""))).Status);
        Assert.Equal(200, (await _api.SendAsync("engineer", "POST", "rules/versions", body, ("If-Match", tag))).Status);
        Assert.Equal(403, (await _api.SendAsync("operator", "POST", "rules/versions", body)).Status);
    }
}
