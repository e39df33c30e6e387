using System.Text;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Api.OpenApi;
using Fengsui.Api.Security;
using Fengsui.Api.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Api.Tests.Hosting;

/// <summary>A data path that echoes bytes, keeps a list of events, and records in which order the host calls it.</summary>
internal sealed class TestDataPath(HostContext context) : IDataPath
{
    private static readonly Operation Seen = new("seen", Tags.System, "Seen", Permission.ReadStatus);

    private readonly List<StreamEvent> _log = [];

    public List<string> Calls { get; } = [];

    public HostContext Context { get; } = context;

    /// <summary>Completed by a test that wants to hold recovery back.</summary>
    public TaskCompletionSource Recovered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Recovering { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HoldRecovery { get; set; }

    public EventStream Stream { get; private set; } = null!;

    public void Map(IEndpointRouteBuilder routes)
    {
        Calls.Add("map");
        Stream = new EventStream(Context.Options.Http.Streams, ReadLog, Context.Time, NullLogger.Instance);
        routes.MapGet("/stream", (RequestDelegate)(http => StreamConnection.ServeAsync(http, Stream, item => item.Name != "hidden", Context.Stopping)))
            .DisableRequestTimeout().Is(Seen);
        routes.MapGet("/fails", (RequestDelegate)(_ => throw new InvalidOperationException("on purpose"))).Is(Seen);
        routes.MapGet("/page", (RequestDelegate)WritePage).Is(Seen);
        routes.MapGet("/undeclared", (RequestDelegate)WritePage);
    }

    public async Task StartAsync(CancellationToken cancel)
    {
        Calls.Add("start");
        Recovering.TrySetResult();
        if (HoldRecovery)
            await Recovered.Task.WaitAsync(cancel);
    }

    public async Task ServeMqttAsync(ConnectionContext connection)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync();
            foreach (var segment in read.Buffer)
            {
                await connection.Transport.Output.WriteAsync(segment);
            }

            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    public Task StopAsync(CancellationToken cancel)
    {
        Calls.Add("stop");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Calls.Add("dispose");
        return ValueTask.CompletedTask;
    }

    public void Publish(long id, string name, string data)
    {
        var item = new StreamEvent(id, name, Encoding.UTF8.GetBytes(data));
        lock (_log)
        {
            _log.Add(item);
        }

        Stream.Publish(item);
    }

    private List<StreamEvent> ReadLog(long after, int count)
    {
        lock (_log)
        {
            return [.. _log.Where(item => item.Id > after).Take(count)];
        }
    }

    private static Task WritePage(HttpContext http) =>
        Page.TryRead(http.Request, out var page, out var mistake)
            ? Json.WriteAsync(http, StatusCodes.Status200OK, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("limit", page.Limit);
                json.WriteString("after", page.After);
                json.WriteEndObject();
            })
            : Problem.WriteAsync(http, StatusCodes.Status400BadRequest, mistake);
}
