using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A receiver of webhooks on loopback. Keeps the ids of the events that it said it has, in the order in which it said so.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _taken = [];
    private readonly List<string> _arrived = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private HookServer(WebApplication app) => _app = app;

    /// <summary>Ids without repeats, by their first arrival.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_taken)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>Ids with repeats, as they were taken.</summary>
    public IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_taken)
            {
                return [.. _arrived];
            }
        }
    }

    /// <param name="before">Runs before a request is answered; what it does to the connection is its affair.</param>
    public static async Task<HookServer> StartAsync(int port, Func<HttpContext, Task>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var app = builder.Build();
        var server = new HookServer(app);
        app.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            await (before?.Invoke(context) ?? Task.CompletedTask);
            if (!context.RequestAborted.IsCancellationRequested && context.Response.StatusCode < 300)
            {
                server.Take(body.RootElement);
            }
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(JsonElement body)
    {
        lock (_taken)
        {
            var events = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToArray() : [body];
            var ids = events.Select(one => one.GetProperty("id").GetString()!).ToArray();
            _arrived.AddRange(ids);
            _taken.AddRange(ids.Where(_known.Add));
        }
    }
}
