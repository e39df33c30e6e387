using System.Net;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Stands before a server's HTTP port and passes requests on; of one it withholds the answer, though the server has given it.</summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _server;
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _stallAt;
    private readonly Task _running;
    private int _requests;

    /// <param name="stallAt">Which request is never answered, counted from 1; 0 for none.</param>
    public StallingProxy(Uri server, int stallAt)
    {
        _server = new HttpClient { BaseAddress = server };
        _stallAt = stallAt;
        Url = $"http://127.0.0.1:{LoopbackPorts.Take()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _running = Task.Run(RunAsync);
    }

    public string Url { get; }

    /// <summary>Requests that were passed on.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Ends when the server has answered the request whose answer is withheld.</summary>
    public Task Stalled => _stalled.Task;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _running;
        _listener.Close();
        _server.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await PassAsync(await _listener.GetContextAsync());
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException)
            {
                // The listener was stopped, or the client was killed while it was answered.
            }
        }
    }

    /// <summary>One at a time: the client under test has never more than one open.</summary>
    private async Task PassAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.RawUrl) { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using var answer = await _server.SendAsync(request);
        if (Interlocked.Increment(ref _requests) == _stallAt)
        {
            _stalled.TrySetResult();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsByteArrayAsync();
        context.Response.ContentLength64 = answer.StatusCode == HttpStatusCode.NoContent ? 0 : text.Length;
        await context.Response.OutputStream.WriteAsync(answer.StatusCode == HttpStatusCode.NoContent ? [] : text);
        context.Response.Close();
    }
}
