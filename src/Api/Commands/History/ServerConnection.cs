using System.CommandLine;
using System.Net.Http.Headers;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.History;

/// <summary>A running server as the commands of history reach it.</summary>
internal static class ServerConnection
{
    private const string KeyVariable = "FENGSUI_API_KEY";

    public static Option<string> UrlOption() => new("--url")
    {
        Description = "The server's HTTP address; the API key, where one is needed, is read from " + KeyVariable,
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    /// <exception cref="OperatorMistakeException">It is no address.</exception>
    public static HttpClient Open(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new OperatorMistakeException($"--url: '{url}' is not an http or https address");
        var client = new HttpClient { BaseAddress = server };
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Throws with what the server said unless it says that all went well.</summary>
    /// <exception cref="EnvironmentException">It did not.</exception>
    public static async Task CheckAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode)
            return;
        var text = await answer.Content.ReadAsStringAsync(cancel);
        throw new EnvironmentException($"the server answered {(int)answer.StatusCode} {answer.ReasonPhrase}: {text}");
    }
}
