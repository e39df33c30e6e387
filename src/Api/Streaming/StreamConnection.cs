using System.Globalization;
using System.IO.Pipelines;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Security.Views;
using Microsoft.AspNetCore.Http.Features;

namespace Fengsui.Api.Streaming;

/// <summary>Serves one HTTP client of an <see cref="EventStream"/> until it goes, falls behind, or the server stops.</summary>
internal sealed class StreamConnection
{
    /// <summary>Events read from the source at a time while a client catches up.</summary>
    private const int ReplayBatch = 256;

    /// <summary>Short, since an alert stream that is away is a danger.</summary>
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(2);

    private readonly EventStream _stream;
    private readonly StreamClient _client;
    private readonly HttpContext _context;
    private readonly PipeWriter _output;
    private readonly CallerView _view;
    private readonly EventViews? _views;

    /// <summary>Shown, and not on record yet: nothing of it is in the output.</summary>
    private readonly List<StreamEvent> _shown = [];
    private long _last;

    private StreamConnection(EventStream stream, StreamClient client, HttpContext context, EventViews? views, long last)
    {
        _stream = stream;
        _client = client;
        _context = context;
        _output = context.Response.BodyWriter;
        _view = CallerView.Of(context);
        _views = views;
        _last = last;
    }

    /// <summary>
    /// Answers a request for the stream. A client that names its last event, in the <c>Last-Event-ID</c> header or in
    /// <c>?last_event_id=</c>, first gets what it missed; another one begins with the next event.
    /// With <paramref name="views"/> each event shows what the caller may see.
    /// </summary>
    public static async Task ServeAsync(HttpContext context, EventStream stream, Func<StreamEvent, bool> wants, CancellationToken stopping, EventViews? views = null)
    {
        if (!TryReadLastId(context.Request, out var last))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Last-Event-ID must be the id of an event of this stream");
            return;
        }

        // Joined before the catching-up, so that no event falls between the two; what comes twice is skipped by its id.
        using var client = stream.TryAdd(wants);
        if (client is null)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "as many streams are open as http.streams.max_clients allows");
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, client.TooSlow, stopping);
        using var abort = client.TooSlow.UnsafeRegister(state => ((HttpContext)state!).Abort(), context);
        try
        {
            Begin(context);
            await new StreamConnection(stream, client, context, views, last ?? long.MinValue).RunAsync(last is not null, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went or fell behind, or the server stops: the ways in which streams end.
        }
        finally
        {
            stream.Remove(client);
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = SseWriter.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private static bool TryReadLastId(HttpRequest request, out long? id)
    {
        id = null;
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["last_event_id"].ToString();
        if (text.Length == 0)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed);
        id = isNumber ? parsed : null;
        return isNumber;
    }

    private async Task RunAsync(bool catchUp, CancellationToken ended)
    {
        SseWriter.WriteRetry(_output, ReconnectDelay);
        await FlushAsync(ended);
        if (catchUp)
            await CatchUpAsync(ended);

        using var heartbeat = new PeriodicTimer(_stream.Options.Heartbeat, _stream.Time);
        var tick = heartbeat.WaitForNextTickAsync(ended).AsTask();
        var ready = _client.Events.WaitToReadAsync(ended).AsTask();
        while (true)
        {
            var first = await Task.WhenAny(ready, tick);
            if (first == ready)
            {
                if (!await ready)
                {
                    return;
                }

                WriteQueued();
                ready = _client.Events.WaitToReadAsync(ended).AsTask();
            }
            else
            {
                await tick;
                SseWriter.WriteHeartbeat(_output);
                tick = heartbeat.WaitForNextTickAsync(ended).AsTask();
            }

            await FlushAsync(ended);
        }
    }

    private async Task CatchUpAsync(CancellationToken ended)
    {
        if (_last > 0 && _stream.Replay(_last - 1, 1).Count == 0)
        {
            // An id that is not ours: the data were begun anew since. Waiting until the ids get there would be silence.
            _last = 0;
        }

        while (true)
        {
            var missed = _stream.Replay(_last, ReplayBatch);
            if (missed.Count == 0)
            {
                return;
            }

            foreach (var item in missed)
            {
                if (_client.Wants(item))
                    Write(item);
                _last = item.Id;
            }

            await FlushAsync(ended);
        }
    }

    private void WriteQueued()
    {
        while (_client.Events.TryRead(out var item))
        {
            if (item.Id > _last)
                Write(item);
        }
    }

    private void Write(in StreamEvent item)
    {
        _shown.Add(_views is null ? item : _view.See(_views, item));
        _last = item.Id;
    }

    private async Task FlushAsync(CancellationToken ended)
    {
        // What is shown of joint data is on record before it leaves.
        await _view.DiscloseAsync(_context);
        foreach (var item in _shown)
        {
            SseWriter.WriteEvent(_output, item);
        }

        Instruments.StreamEvents.Add(_shown.Count);
        _shown.Clear();
        var result = await _output.FlushAsync(ended);
        if (result.IsCompleted)
            throw new OperationCanceledException(ended);
    }
}
