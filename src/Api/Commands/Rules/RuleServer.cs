using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.Rules;

/// <summary>A running server, as the commands that change its rules see it: its API, and one way to tell what went wrong.</summary>
internal sealed class RuleServer(CommandTerminal terminal)
{
    /// <summary>A new version waits for a commit and for every shard; longer means that the server does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Option<string> _url = new("--url")
    {
        Description = "The server's HTTP address; the API key, where one is needed, is read from FENGSUI_API_KEY",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    private readonly Option<string> _author = new("--author")
    {
        Description = "In whose name",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<string> _comment = new("--comment") { Description = "Why", HelpName = "TEXT", DefaultValueFactory = _ => "" };

    public void AddTo(Command command) => command.Add(_url);

    /// <summary>For a command that makes a version.</summary>
    public void AddAllTo(Command command)
    {
        AddTo(command);
        command.Add(_author);
        command.Add(_comment);
    }

    /// <summary>Fetches a path, shows it, and gives the exit code.</summary>
    public Task<int> GetAsync(ParseResult result, string path, Func<JsonElement, int> show, CancellationToken cancel) =>
        SendAsync(result, HttpMethod.Get, path, null, show, cancel);

    /// <summary>Sends a change with author and comment, and shows what became of it.</summary>
    public Task<int> ChangeAsync(ParseResult result, string path, Action<Utf8JsonWriter> write, Func<JsonElement, int> show, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("author", result.GetValue(_author));
            json.WriteString("comment", result.GetValue(_comment));
            write(json);
            json.WriteEndObject();
        }

        return SendAsync(result, HttpMethod.Post, path, Encoding.UTF8.GetString(body.ToArray()), show, cancel);
    }

    /// <summary>Sends a command without author and comment, and shows what became of it.</summary>
    public Task<int> PostAsync(ParseResult result, string path, string body, Func<JsonElement, int> show, CancellationToken cancel) =>
        SendAsync(result, HttpMethod.Post, path, body, show, cancel);

    private async Task<int> SendAsync(
        ParseResult result, HttpMethod method, string path, string? body, Func<JsonElement, int> show, CancellationToken cancel)
    {
        var url = result.GetRequiredValue(_url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new OperatorMistakeException($"--url: '{url}' is not an http or https address");
        }

        using var client = new HttpClient { BaseAddress = server, Timeout = Patience };
        if (Environment.GetEnvironmentVariable("FENGSUI_API_KEY") is { Length: > 0 } key)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var request = new HttpRequestMessage(method, new Uri("/api/v1" + path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.SendAsync(request, cancel);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancel));
            return answer.IsSuccessStatusCode ? show(document.RootElement) : Refused(url, answer.StatusCode, document.RootElement);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            terminal.Error.WriteLine($"fengsui: no answer from {url}: {e.Message}");
            return ExitCodes.Failure;
        }
    }

    private int Refused(string url, HttpStatusCode status, JsonElement problem)
    {
        ShowDiagnostics(problem, terminal.Error);
        var detail = problem.TryGetProperty("detail", out var text) ? text.GetString() : "";
        terminal.Error.WriteLine($"fengsui: {url} answered {(int)status}: {detail}");
        return status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity ? ExitCodes.Usage : ExitCodes.Failure;
    }

    /// <summary>The mistakes and warnings of an answer, as compilers write them.</summary>
    public static void ShowDiagnostics(JsonElement answer, TextWriter output)
    {
        if (!answer.TryGetProperty("diagnostics", out var diagnostics))
        {
            return;
        }

        foreach (var one in diagnostics.EnumerateArray())
        {
            var expected = one.GetProperty("expected").GetString() is { Length: > 0 } text ? $" (expected {text})" : "";
            output.WriteLine($"{one.GetProperty("file")}:{one.GetProperty("line")}:{one.GetProperty("column")}: {one.GetProperty("severity")} {one.GetProperty("code")}: {one.GetProperty("message")}{expected}");
        }
    }
}
