using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui status</c>: asks a running server how it is.</summary>
internal static class StatusCommand
{
    /// <summary>The server answers from memory; longer means that it does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var url = new Option<string>("--url")
        {
            Description = "The server's HTTP address",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var command = new ExampledCommand(
            "status",
            "Show the status of a running server. The API key, where one is needed, is read from FENGSUI_API_KEY.",
            "fengsui status",
            "FENGSUI_API_KEY=$(cat key.txt) fengsui status --url https://fengsui.example:8080") { url };
        command.SetAction((result, cancel) => RunAsync(result.GetRequiredValue(url), terminal, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string url, CommandTerminal terminal, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new OperatorMistakeException($"--url: '{url}' is not an http or https address");
        }

        using var client = new HttpClient { BaseAddress = server, Timeout = Patience };
        if (Environment.GetEnvironmentVariable("FENGSUI_API_KEY") is { Length: > 0 } key)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var status = await client.GetAsync(new Uri("/api/v1/status", UriKind.Relative), cancel);
            if (!status.IsSuccessStatusCode)
            {
                terminal.Error.WriteLine($"fengsui: {url} answered {(int)status.StatusCode} {status.ReasonPhrase}");
                return ExitCodes.Failure;
            }

            using var document = JsonDocument.Parse(await status.Content.ReadAsStreamAsync(cancel));
            Write(terminal.Output, document.RootElement, string.Empty);
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            terminal.Error.WriteLine($"fengsui: no answer from {url}: {e.Message}");
            return ExitCodes.Failure;
        }
    }

    private static void Write(TextWriter output, JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            output.WriteLine($"{path,-32} {element}");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            Write(output, property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
        }
    }
}
