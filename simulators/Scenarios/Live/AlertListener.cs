using System.Text;
using System.Text.Json;
using Fengsui.Devices.Alerts;

namespace Fengsui.Scenarios.Live;

/// <summary>Listens to the server's stream of alerts, and goes on where it was when the connection is lost.</summary>
internal sealed class AlertListener(HttpClient http)
{
    /// <summary>Steps kept; one run has a few hundred at most, and a server that floods must not fill the memory.</summary>
    public const int MaxSteps = 100_000;

    private static readonly Uri Stream = new("api/v1/alerts/stream", UriKind.Relative);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly List<AlertTransition> _steps = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastId = "";

    /// <summary>Completes with the first connection.</summary>
    public Task Connected => _connected.Task;

    /// <summary>What has come so far, in order.</summary>
    public IReadOnlyList<AlertTransition> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>Runs until cancelled. The first connection must succeed.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                if (!Connected.IsCompleted)
                {
                    _connected.TrySetException(fault);
                    return;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Retry, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Stream);
        if (_lastId.Length > 0)
        {
            request.Headers.Add("Last-Event-ID", _lastId);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), Encoding.UTF8);
        _connected.TrySetResult();
        var data = "";
        while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                _lastId = line["id: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data += line["data: ".Length..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                Take(data);
                data = "";
            }
        }
    }

    private void Take(string data)
    {
        try
        {
            if (AlertJson.Read(Encoding.UTF8.GetBytes(data)) is not AlertTransition step)
            {
                return;
            }

            lock (_lock)
            {
                if (_steps.Count < MaxSteps)
                {
                    _steps.Add(step);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // An event of another kind than a step: not for us.
        }
    }
}
