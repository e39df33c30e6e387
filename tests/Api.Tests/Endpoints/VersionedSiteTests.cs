using Fengsui.Devices.Registry;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Goods and permits are changed as they were seen, or not.</summary>
public sealed class VersionedSiteTests : IAsyncLifetime
{
    private const string Goods = "zones/tank-7/goods";

    private ApiFixture _api = null!;

    public async Task InitializeAsync() =>
        _api = await ApiFixture.StartAsync("groups: []", engine => engine.Registry.Declare("lock-1", new DeviceFacts("lock", "tank-7", [])));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Goods_that_are_there_are_replaced_only_by_who_has_seen_them()
    {
        var first = await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","class":"3","quantity_kg":900}""");
        Assert.Equal(200, first.Status);
        var missing = await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":800}""");
        Assert.Equal((428, "urn:fengsui:problem:version-missing"), (missing.Status, missing.Json.GetProperty("type").GetString()));
        Assert.Equal(200, (await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":900}""")).Status);
        Assert.Equal(200, (await _api.SendAsync("operator", "PUT", Goods, """{"un":"1005","class":"2.3","quantity_kg":5}""")).Status);
        var old = await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":800}""", ("If-Match", first.Answer.Headers.ETag!.ToString()));
        Assert.Equal((412, "urn:fengsui:problem:version-conflict"), (old.Status, old.Json.GetProperty("type").GetString()));

        // Another caller sees less of it and has another tag, which names the same state.
        var tag = (await _api.SendAsync("safety", "GET", Goods)).Answer.Headers.ETag!.ToString();
        Assert.NotEqual(tag, (await _api.SendAsync("operator", "GET", Goods)).Answer.Headers.ETag!.ToString());
        Assert.Equal(200, (await _api.SendAsync("safety", "PUT", Goods, """{"un":"1203","quantity_kg":800}""", ("If-Match", tag))).Status);
        Assert.Equal(412, (await _api.SendAsync("safety", "PUT", Goods, """{"un":"1203","quantity_kg":700}""", ("If-Match", tag))).Status);
        Assert.Equal(200, (await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":700}""", ("If-Match", "*"))).Status);
        Assert.Equal(400, (await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":1}""", ("If-Match", "seven"))).Status);
        Assert.Equal(412, (await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","quantity_kg":1}""", ("If-Match", "\"seven\""))).Status);
    }

    [Fact]
    public async Task What_came_or_went_needs_no_version_and_minds_one_that_is_given()
    {
        var first = await _api.SendAsync("operator", "POST", Goods, """{"operation":"stored","un":"1203","quantity_kg":200}""");
        var tag = first.Answer.Headers.ETag!.ToString();
        Assert.Equal(200, (await _api.SendAsync("operator", "POST", Goods, """{"operation":"stored","un":"1203","quantity_kg":1}""")).Status);
        Assert.Equal(412, (await _api.SendAsync("operator", "POST", Goods, """{"operation":"removed","un":"1203","quantity_kg":1}""", ("If-Match", tag))).Status);
        Assert.Equal(201, (await _api.SendAsync("operator", "GET", Goods)).Json.GetProperty("goods")[0].GetProperty("quantity_kg").GetDouble());
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_one_replaces_it()
    {
        await _api.SendAsync("operator", "PUT", Goods, """{"un":"1203","class":"3","quantity_kg":900}""");
        var tag = (await _api.SendAsync("operator", "GET", Goods)).Answer.Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => _api.SendAsync("operator", "PUT", Goods, $$"""{"un":"1203","quantity_kg":{{i}}}""", ("If-Match", tag))));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(7, answers.Count(answer => answer.Status == 412));
    }

    [Fact]
    public async Task A_permit_is_replaced_only_by_who_has_seen_it_and_revoked_by_whoever_may()
    {
        const string permit = """{"id":"p1","from":"2026-01-01T00:00:00Z","to":"2999-01-01T00:00:00Z"}""";
        var made = await _api.SendAsync("operator", "POST", "zones/tank-7/permits", permit);
        Assert.Equal(201, made.Status);
        Assert.Equal(200, (await _api.SendAsync("operator", "POST", "zones/tank-7/permits", permit)).Status);
        const string longer = """{"id":"p1","from":"2026-01-01T00:00:00Z","to":"2999-06-01T00:00:00Z"}""";
        Assert.Equal(428, (await _api.SendAsync("operator", "POST", "zones/tank-7/permits", longer)).Status);
        var tag = (await _api.SendAsync("viewer", "GET", "zones/tank-7/permits/p1")).Answer.Headers.ETag!.ToString();
        Assert.Equal(200, (await _api.SendAsync("operator", "POST", "zones/tank-7/permits", longer, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _api.SendAsync("operator", "POST", "zones/tank-7/permits", permit, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _api.SendAsync("operator", "DELETE", "zones/tank-7/permits/p1", null, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _api.SendAsync("operator", "POST", "zones/tank-7/permits", """{"id":"p2","to":"2999-06-01T00:00:00Z"}""", ("If-Match", "*"))).Status);
        Assert.Equal(200, (await _api.SendAsync("operator", "DELETE", "zones/tank-7/permits/p1")).Status);
    }
}
