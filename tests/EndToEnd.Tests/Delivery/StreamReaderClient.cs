using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Follows the event stream as a browser does: comes back with the last id after every end. Keeps the ids of the entries, without repeats.</summary>
internal sealed class StreamReaderClient : IAsyncDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _taken = [];
    private readonly Task _reading;
    private string _last = "0";

    public StreamReaderClient(HttpClient http, string path) => _reading = Task.Run(() => RunAsync(http, path));

    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_taken)
            {
                return [.. _taken.Distinct()];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAsync(HttpClient http, string path)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
                request.Headers.Add("Last-Event-ID", _last);
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _ending.Token);
                answer.EnsureSuccessStatusCode();
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_ending.Token));
                while (await lines.ReadLineAsync(_ending.Token) is { } line)
                {
                    Take(line);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                await Task.Delay(Reconnect, _ending.Token);
            }
        }
    }

    private void Take(string line)
    {
        if (line.StartsWith("id: ", StringComparison.Ordinal))
        {
            _last = line[4..];
        }
        else if (line.StartsWith("data: ", StringComparison.Ordinal))
        {
            using var entry = JsonDocument.Parse(line[6..]);
            lock (_taken)
            {
                _taken.Add(entry.RootElement.GetProperty("id").GetString()!);
            }
        }
    }
}
