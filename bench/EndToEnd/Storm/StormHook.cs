using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>A receiver of webhooks on loopback that may be slow or cut connections; counts the events it took, without repeats, and those that came out of order.</summary>
internal sealed class StormHook : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TimeSpan _delay;
    private readonly int _cutEvery;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
    private readonly Task _serving;
    private int _requests;

    /// <param name="delay">Before each answer.</param>
    /// <param name="cutEvery">Which request in so many is cut instead of answered; 0 for none.</param>
    public StormHook(int port, TimeSpan delay, int cutEvery)
    {
        _delay = delay;
        _cutEvery = cutEvery;
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Taken
    {
        get
        {
            lock (_known)
            {
                return _known.Count;
            }
        }
    }

    public int OutOfOrder { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
        await Task.Delay(_delay);
        if (_cutEvery > 0 && Interlocked.Increment(ref _requests) % _cutEvery == 0)
        {
            context.Response.Abort();
            return;
        }

        Take(body.RootElement);
        context.Response.StatusCode = 204;
        context.Response.Close();
    }

    private void Take(JsonElement batch)
    {
        lock (_known)
        {
            foreach (var one in batch.EnumerateArray())
            {
                if (_known.Add(one.GetProperty("id").GetString()!))
                {
                    var (alert, number) = (one.GetProperty("alert").GetString()!, long.Parse(one.GetProperty("lognumber").GetString()!, CultureInfo.InvariantCulture));
                    OutOfOrder += _newest.GetValueOrDefault(alert) > number ? 1 : 0;
                    _newest[alert] = number;
                }
            }
        }
    }
}
