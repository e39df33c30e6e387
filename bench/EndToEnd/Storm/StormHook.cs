using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>A receiver of batches of CloudEvents on loopback that may be slow or cut connections.</summary>
internal sealed class StormHook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _delay;
    private readonly int _cutEvery;
    private int _requests;

    private StormHook(WebApplication app, TimeSpan delay, int cutEvery)
    {
        _app = app;
        _delay = delay;
        _cutEvery = cutEvery;
        app.Run(AnswerAsync);
    }

    public StormReceipts Receipts { get; } = new();

    /// <param name="port">On loopback.</param>
    /// <param name="delay">Before each answer.</param>
    /// <param name="cutEvery">Which request in so many is cut instead of answered; 0 for none.</param>
    public static async Task<StormHook> StartAsync(int port, TimeSpan delay = default, int cutEvery = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var hook = new StormHook(builder.Build(), delay, cutEvery);
        await hook._app.StartAsync();
        return hook;
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever waits for a slow answer is not waited for.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        await Task.Delay(_delay, context.RequestAborted);
        if (_cutEvery > 0 && Interlocked.Increment(ref _requests) % _cutEvery == 0)
        {
            context.Abort();
            return;
        }

        foreach (var one in body.RootElement.EnumerateArray())
        {
            Receipts.Take(one.GetProperty("data"));
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
