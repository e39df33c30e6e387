using System.Net;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Tests.OpenApi;
using Fengsui.Api.Tests.Security;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>The endpoints of zones, persons and site facts over a real engine.</summary>
public sealed class SiteApiTests : IAsyncLifetime, IDisposable
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Inside, tier: major, scope: zone, expr: persons_inside() > 0 and not permit_active() }
              - { alert: Over, tier: general, latch: true, scope: zone, expr: over_quantity() > 0 }
              - { alert: Alone, tier: general, scope: zone, expr: unlock_persons(1 min) == 1 and gas_test_age() < 1 h }
        """;

    private readonly string _data = Directory.CreateTempSubdirectory("fengsui-api-").FullName;
    private DeviceEngine _engine = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public void Dispose() => _client.Dispose();

    public async Task InitializeAsync()
    {
        _engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _data,
                Journal = new JournalOptions { Directory = Path.Combine(_data, "journal"), BlockSizeBytes = 64 << 10, SegmentSizeBytes = 1 << 20, Durability = Durability.Os, MinFreeBytes = 0 },
                History = new EmbeddedHistoryOptions { Directory = Path.Combine(_data, "history") },
                DeadLetters = new DeadLetterStoreOptions { Directory = _data },
            },
            TimeProvider.System);
        await _engine.StartAsync(CancellationToken.None);
        _engine.Registry.Declare("lock-1", new DeviceFacts("lock", "罐区 7", []));
        Assert.True((await _engine.RuleSets.SubmitAsync([new RuleFile("r.yaml", Rules)], "test", CancellationToken.None)).Accepted);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        TestGate.Use(_app);
        DataApi.Map(_app, new ApiParts { Engine = () => _engine });
        await _app.StartAsync();
        _client = new HttpClient(new ContractHandler(new Contract(await OpenApiCommand.DescribeAsync()))) { BaseAddress = new Uri(_app.Urls.First() + "/api/v1/") };
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _engine.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_permit_is_granted_shown_replaced_and_revoked_for_good()
    {
        var to = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        var permit = await SendAsync("POST", "zones/罐区 7/permits", $$"""{"id":"p1","kinds":["hot work"],"persons":["王力"],"to":{{to}}}""", HttpStatusCode.Created);
        Assert.True(permit.GetProperty("active").GetBoolean());
        permit = await SendAsync("POST", "zones/罐区 7/permits", $$"""{"id":"p1","to":{{to + 5}}}""", HttpStatusCode.OK, ifMatch: "*");
        Assert.Equal(to + 5, permit.GetProperty("to_ms").GetInt64());
        var listed = await SendAsync("GET", "zones/罐区 7/permits?limit=1", null, HttpStatusCode.OK);
        Assert.Equal("p1", listed.GetProperty("items")[0].GetProperty("id").GetString());
        permit = await SendAsync("DELETE", "zones/罐区 7/permits/p1", null, HttpStatusCode.OK);
        Assert.True(permit.GetProperty("revoked").GetBoolean());
        await SendAsync("DELETE", "zones/罐区 7/permits/p1", null, HttpStatusCode.OK);
        await SendAsync("POST", "zones/罐区 7/permits", $$"""{"id":"p1","to":{{to}}}""", HttpStatusCode.Conflict);
        await SendAsync("DELETE", "zones/罐区 7/permits/p2", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_person_who_enters_and_leaves_is_seen_by_the_rules_when_the_answer_comes()
    {
        var person = await SendAsync("PUT", "persons/王力", """{"zone":"罐区 7"}""", HttpStatusCode.OK);
        Assert.Equal("person/王力", person.GetProperty("device").GetString());
        Assert.Equal("g/Inside", Assert.Single(_engine.Alerts.List(false)).Latest.Rule);
        var zone = await SendAsync("GET", "zones/罐区 7", null, HttpStatusCode.OK);
        Assert.Equal("王力", zone.GetProperty("persons")[0].GetString());
        Assert.Equal(1, zone.GetProperty("alerts").GetArrayLength());
        person = await SendAsync("PUT", "persons/王力", """{"zone":null}""", HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, person.GetProperty("zone").ValueKind);
        Assert.Empty(_engine.Alerts.List(false));
        Assert.Equal(1, (await SendAsync("GET", "persons", null, HttpStatusCode.OK)).GetProperty("items").GetArrayLength());
        await SendAsync("GET", "persons/nobody", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Goods_are_set_and_moved_once_for_each_id_and_a_latched_alert_of_them_is_reset()
    {
        await SendAsync("PUT", "zones/罐区 7/goods", """{"un":"1203","class":"3","quantity_kg":900,"limit_kg":1000}""", HttpStatusCode.OK);
        for (var i = 0; i < 2; i++)
        {
            var goods = await SendAsync("POST", "zones/罐区 7/goods", """{"id":"d1","operation":"stored","un":"1203","quantity_kg":200}""", HttpStatusCode.OK);
            Assert.Equal(100, goods.GetProperty("over_kg").GetDouble());
        }

        var alert = Assert.Single(_engine.Alerts.List(false)).Id;
        await SendAsync("POST", $"alerts/{alert}/reset", null, HttpStatusCode.Conflict);
        await SendAsync("POST", "zones/罐区 7/goods", """{"operation":"removed","un":"1203","quantity_kg":500}""", HttpStatusCode.OK);
        Assert.Single(_engine.Alerts.List(false));
        var reset = await SendAsync("POST", $"alerts/{alert}/reset", null, HttpStatusCode.OK);
        Assert.Equal("resolved", reset.GetProperty("state").GetString());
        await SendAsync("POST", "alerts/none/reset", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Gas_tests_and_unlocks_reach_the_rules()
    {
        await SendAsync("POST", "zones/罐区 7/gas-tests", """{"person":"王力","passed":true,"values":{"o2":20.9}}""", HttpStatusCode.Created);
        await SendAsync("POST", "zones/罐区 7/unlocks", """{"person":"王力","device":"lock-1"}""", HttpStatusCode.Created);
        Assert.Equal("g/Alone", Assert.Single(_engine.Alerts.List(false)).Latest.Rule);
        await SendAsync("POST", "zones/罐区 7/unlocks", """{"person":"李明"}""", HttpStatusCode.Created);
        Assert.Empty(_engine.Alerts.List(false));
        var zone = await SendAsync("GET", "zones/罐区 7", null, HttpStatusCode.OK);
        Assert.Equal(2, zone.GetProperty("unlocks").GetArrayLength());
        Assert.Equal(20.9, zone.GetProperty("gas_test").GetProperty("values").GetProperty("o2").GetDouble());
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once_and_a_misspelt_zone_takes_nothing()
    {
        var detail = await ProblemAsync("POST", "zones/罐区 7/gas-tests", """{"persn":"a","values":{"o2":"x"}}""", HttpStatusCode.BadRequest);
        foreach (var part in (string[])["person is missing", "passed must be", "values must be", "persn is not known; did you mean 'person'"])
        {
            Assert.Contains(part, detail, StringComparison.Ordinal);
        }

        Assert.Contains("did you mean '罐区 7'", await ProblemAsync("POST", "zones/罐区 8/permits", """{"to":1}""", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("罐区 7", await ProblemAsync("PUT", "persons/li", """{"zone":"罐区7"}""", HttpStatusCode.NotFound), StringComparison.Ordinal);
        await ProblemAsync("PUT", "persons/li", "[1", HttpStatusCode.BadRequest);
        await ProblemAsync("PUT", "persons/li", """{"zone":"\ud800"}""", HttpStatusCode.BadRequest);
        await ProblemAsync("PUT", "zones/罐区 7/goods", """{"un":"12","class":"77","quantity_kg":-1}""", HttpStatusCode.BadRequest);
        await ProblemAsync("POST", "zones/罐区 7/unlocks", """{"person":"li","time":"2999-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest);
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var refused = await _client.PutAsync(new Uri("persons/li", UriKind.Relative), text);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Null(_engine.Registry.Devices.Find("person/li"));
    }

    private async Task<string> ProblemAsync(string method, string path, string body, HttpStatusCode status) =>
        (await SendAsync(method, path, body, status)).GetProperty("detail").GetString()!;

    private async Task<JsonElement> SendAsync(string method, string path, string? body, HttpStatusCode status, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{method} {path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
