using System.Globalization;
using System.Text.Json;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>Follows the event stream as a browser does: comes back with the last id after every end.</summary>
internal sealed class StormStream : IAsyncDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _reading;
    private string _last = "0";

    public StormStream(int port)
    {
        _http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        _reading = Task.Run(RunAsync);
    }

    public StormReceipts Receipts { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await FollowAsync();
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                await Task.Delay(Reconnect, _ending.Token);
            }
        }
    }

    private async Task FollowAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/alerts/stream", UriKind.Relative));
        request.Headers.Add("Last-Event-ID", _last);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _ending.Token);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_ending.Token));
        while (await lines.ReadLineAsync(_ending.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                _last = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var entry = JsonDocument.Parse(line.AsMemory(6));
                Receipts.Take(entry.RootElement);
            }
        }
    }
}
