using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Idempotency;
using Fengsui.Api.Tests.OpenApi;
using Fengsui.Api.Tests.Security;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>The API over a real engine, with a key for each role. Every answer is held against the API's description.</summary>
internal sealed class ApiFixture : IAsyncDisposable
{
    private static readonly Lazy<Task<Contract>> Described = new(async () => new Contract(await OpenApiCommand.DescribeAsync()));

    private readonly string _data = Directory.CreateTempSubdirectory("fengsui-api-").FullName;
    private readonly Dictionary<string, string> _keys = [];
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public DeviceEngine Engine { get; private set; } = null!;

    public ListedAccess Access { get; } = new();

    public static async Task<ApiFixture> StartAsync(string rules, Action<DeviceEngine> declare)
    {
        var fixture = new ApiFixture();
        await fixture.OpenAsync();
        declare(fixture.Engine);
        Assert.True((await fixture.Engine.RuleSets.SubmitAsync([new RuleFile("r.yaml", rules)], "test", CancellationToken.None)).Accepted);
        await fixture.ListenAsync();
        return fixture;
    }

    /// <summary>The server ends and starts again on the same data, with the same keys.</summary>
    /// <param name="losesAnswers">As a power cut may lose the file of answers.</param>
    public async Task RestartAsync(bool losesAnswers)
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Engine.DisposeAsync();
        if (losesAnswers)
            File.Delete(Path.Combine(_data, AnswerFile.Name));
        await OpenAsync();
        await ListenAsync();
    }

    /// <summary>Sends as the one who has the roles (joined by +), in JSON.</summary>
    public async Task<(int Status, JsonElement Json, HttpResponseMessage Answer)> SendAsync(
        string roles, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[roles]);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, answer);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Engine.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task OpenAsync()
    {
        Engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _data,
                Journal = new JournalOptions { Directory = Path.Combine(_data, "journal"), BlockSizeBytes = 64 << 10, SegmentSizeBytes = 1 << 20, Durability = Fengsui.Devices.Journal.Durability.Os, MinFreeBytes = 0 },
                History = new EmbeddedHistoryOptions { Directory = Path.Combine(_data, "history") },
                DeadLetters = new DeadLetterStoreOptions { Directory = _data },
            },
            TimeProvider.System);
        await Engine.StartAsync(CancellationToken.None);
    }

    private async Task ListenAsync()
    {
        var entries = new List<ApiKeyEntry>();
        foreach (var roles in (string[])["viewer", "operator", "safety", "customs", "safety+customs", "auditor", "engineer", "admin"])
        {
            _keys.TryAdd(roles, ApiKey.Create());
            var all = roles.Split('+').Aggregate(Roles.None, (sum, word) => RoleNames.TryParse(word, out var role) ? sum | role : sum);
            entries.Add(new ApiKeyEntry(roles, ApiKey.Hash(_keys[roles])) { Roles = all });
        }

        // The second key of a person who has one already.
        _keys.TryAdd("second", ApiKey.Create());
        entries.Add(new ApiKeyEntry("second", ApiKey.Hash(_keys["second"])) { Roles = Roles.Customs, Person = "safety" });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        var viewing = TestGate.Use(_app, new AnswerFile(Path.Combine(_data, AnswerFile.Name)), [.. entries]);
        viewing.Journal = Access;
        DataApi.Map(_app, new ApiParts { Engine = () => Engine, Viewing = viewing });
        await _app.StartAsync();
        _client = new HttpClient(new ContractHandler(await Described.Value)) { BaseAddress = new Uri(_app.Urls.First() + "/api/v1/") };
    }
}
