using System.Text.Json;
using Fengsui.Devices.Registry;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Who sees what, and how joint data are opened by a second person.</summary>
public sealed class ViewsApiTests : IAsyncLifetime
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Inside, tier: major, scope: zone, expr: persons_inside() > 0 and not permit_active(), annotations: { summary: somebody is inside } }
        """;

    private ApiFixture _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiFixture.StartAsync(Rules, engine => engine.Registry.Declare("lock-1", new DeviceFacts("lock", "tank-7", [])));
        await _api.SendAsync("operator", "PUT", "persons/li", """{"zone":"tank-7"}""");
        await _api.SendAsync("operator", "PUT", "zones/tank-7/goods", """{"un":"1203","class":"3","quantity_kg":900,"limit_kg":1000}""");
        await _api.SendAsync("operator", "POST", "zones/tank-7/unlocks", """{"person":"li","device":"lock-1"}""");
        await _api.SendAsync("operator", "POST", "zones/tank-7/gas-tests", """{"person":"li","passed":true,"values":{"o2":20.9}}""");
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Customs_sees_goods_and_not_who_is_where_and_safety_the_other_way_round()
    {
        var customs = (await _api.SendAsync("customs", "GET", "zones/tank-7")).Json;
        Assert.Equal(["gas_test", "persons", "unlocks"], Withheld(customs));
        Assert.False(customs.TryGetProperty("persons", out _));
        Assert.Equal(900, customs.GetProperty("goods")[0].GetProperty("quantity_kg").GetDouble());
        var safety = (await _api.SendAsync("safety", "GET", "zones/tank-7")).Json;
        Assert.Empty(Withheld(safety));
        Assert.Equal("li", safety.GetProperty("persons")[0].GetString());
        Assert.Equal(["limit_kg", "quantity_kg"], Withheld(safety.GetProperty("goods")[0]));
        var both = (await _api.SendAsync("safety+customs", "GET", "zones/tank-7")).Json;
        Assert.Empty(Withheld(both));
        Assert.Empty(Withheld(both.GetProperty("goods")[0]));
        Assert.Equal(["device", "name"], Withheld((await _api.SendAsync("customs", "GET", "persons")).Json.GetProperty("items")[0]));
        Assert.Equal(403, (await _api.SendAsync("viewer", "GET", "persons")).Status);
    }

    [Fact]
    public async Task What_an_alert_read_is_withheld_from_customs_and_why_it_fired_too()
    {
        var alert = (await _api.SendAsync("customs", "GET", "alerts")).Json.GetProperty("items")[0];
        Assert.Equal(["annotations", "values"], Withheld(alert));
        var id = alert.GetProperty("alert").GetString();
        Assert.Equal("somebody is inside", (await _api.SendAsync("viewer", "GET", $"alerts/{id}")).Json.GetProperty("annotations").GetProperty("summary").GetString());
        var refused = await _api.SendAsync("customs", "GET", $"alerts/{id}/explain");
        Assert.Equal((403, "urn:fengsui:problem:view-missing"), (refused.Status, refused.Json.GetProperty("type").GetString()));
        Assert.Empty(_api.Access.All);
    }

    [Fact]
    public async Task A_second_person_of_the_other_authority_opens_joint_data_and_nobody_else_does()
    {
        var asked = (await _api.SendAsync("customs", "POST", "access-requests", """{"reason":"inspection 17","zone":"tank-7","duration":"30m"}""")).Json;
        Assert.Equal(("asked", "safety"), (asked.GetProperty("state").GetString(), asked.GetProperty("needs")[0].GetString()));
        var path = $"access-requests/{asked.GetProperty("id").GetString()}";
        foreach (var other in (string[])["customs", "admin", "operator"])
        {
            Assert.Equal(403, (await _api.SendAsync(other, "POST", path + "/approve")).Status);
        }

        Assert.NotEmpty(Withheld((await _api.SendAsync("customs", "GET", "zones/tank-7")).Json));
        Assert.Equal("approved", (await _api.SendAsync("safety", "POST", path + "/approve")).Json.GetProperty("state").GetString());
        Assert.Empty(Withheld((await _api.SendAsync("customs", "GET", "zones/tank-7")).Json));
        Assert.Equal("li", (await _api.SendAsync("customs", "GET", "zones/tank-7")).Json.GetProperty("persons")[0].GetString());
        Assert.Equal(409, (await _api.SendAsync("safety", "POST", path + "/approve")).Status);
        Assert.Equal("ended", (await _api.SendAsync("safety", "POST", path + "/end")).Json.GetProperty("state").GetString());
        Assert.NotEmpty(Withheld((await _api.SendAsync("customs", "GET", "zones/tank-7")).Json));
        Assert.Equal(["joint-access-asked", "joint-access-decision", "joint-access-approved", "joint-access-ended"], _api.Access.All.Select(access => access.Action));
        Assert.Equal([true, false, true, true], _api.Access.All.Select(access => access.IsGranted));
        Assert.Equal(1, (await _api.SendAsync("auditor", "GET", "access-requests")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_answered_as_not_available_and_shows_nothing()
    {
        var id = (await _api.SendAsync("operator", "GET", "alerts")).Json.GetProperty("items")[0].GetProperty("alert").GetString();
        await _api.SendAsync("safety", "POST", $"alerts/{id}/dispose", """{"note":"valve closed"}""", ("If-Match", "\"1\""));
        Assert.Contains("valve closed", (await _api.SendAsync("safety+customs", "GET", $"alerts/{id}")).Json.GetRawText(), StringComparison.Ordinal);
        _api.Access.IsBroken = true;
        var refused = await _api.SendAsync("safety+customs", "GET", $"alerts/{id}");
        Assert.Equal((503, "urn:fengsui:problem:access-not-recorded"), (refused.Status, refused.Json.GetProperty("type").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Answer.Headers.RetryAfter!.Delta);
        Assert.DoesNotContain("valve closed", refused.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Null(refused.Answer.Headers.ETag);
        Assert.Equal(200, (await _api.SendAsync("customs", "GET", $"alerts/{id}")).Status);
        Assert.Equal(503, (await _api.SendAsync("customs", "POST", "access-requests", """{"reason":"x"}""", ("Idempotency-Key", "k"))).Status);
        _api.Access.IsBroken = false;
        Assert.Equal(201, (await _api.SendAsync("customs", "POST", "access-requests", """{"reason":"x"}""", ("Idempotency-Key", "k"))).Status);
        Assert.Equal(1, (await _api.SendAsync("auditor", "GET", "access-requests")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Two_keys_of_one_person_are_one_person_and_who_has_both_roles_needs_nobody()
    {
        var asked = (await _api.SendAsync("safety", "POST", "access-requests", """{"reason":"x"}""")).Json.GetProperty("id").GetString();
        var refused = await _api.SendAsync("second", "POST", $"access-requests/{asked}/approve");
        Assert.Equal((403, "urn:fengsui:problem:same-person"), (refused.Status, refused.Json.GetProperty("type").GetString()));
        Assert.Equal(409, (await _api.SendAsync("safety+customs", "POST", "access-requests", """{"reason":"x"}""")).Status);
        Assert.Equal(400, (await _api.SendAsync("safety", "POST", "access-requests", """{"reason":"x","duration":"9h"}""")).Status);
    }

    private static string[] Withheld(JsonElement json) =>
        json.TryGetProperty("withheld", out var fields) ? [.. fields.EnumerateArray().Select(field => field.GetString()!).Order(StringComparer.Ordinal)] : [];
}
