using System.Net;
using System.Net.Sockets;
using System.Text;
using Fengsui.Api.Tests.Hosting;

namespace Fengsui.Api.Tests.Streaming;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_client_gets_the_events_it_wants_as_they_happen()
    {
        await using var server = await TestServer.StartAsync();
        using var reader = await OpenAsync(server);

        server.DataPath.Publish(1, "firing", "a");
        server.DataPath.Publish(2, "hidden", "b");
        server.DataPath.Publish(3, "resolved", "c");

        Assert.Equal("id: 1\nevent: firing\ndata: a\n", await ReadEventAsync(reader));
        Assert.Equal("id: 3\nevent: resolved\ndata: c\n", await ReadEventAsync(reader));
    }

    [Fact]
    public async Task A_client_that_names_its_last_event_first_gets_what_it_missed_and_nothing_twice()
    {
        await using var server = await TestServer.StartAsync();
        for (var id = 1; id <= 600; id++)
        {
            server.DataPath.Publish(id, "firing", "x");
        }

        using var reader = await OpenAsync(server, lastEventId: "2");
        server.DataPath.Publish(601, "firing", "x");

        for (var id = 3; id <= 601; id++)
        {
            Assert.Equal($"id: {id}\nevent: firing\ndata: x\n", await ReadEventAsync(reader));
        }
    }

    [Fact]
    public async Task A_client_whose_last_event_is_of_data_that_are_gone_gets_everything_instead_of_silence()
    {
        await using var server = await TestServer.StartAsync();
        server.DataPath.Publish(1, "firing", "x");

        using var reader = await OpenAsync(server, lastEventId: "5000");
        Assert.StartsWith("id: 1\n", await ReadEventAsync(reader), StringComparison.Ordinal);
        server.DataPath.Publish(2, "firing", "x");
        Assert.StartsWith("id: 2\n", await ReadEventAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_the_publisher_never_waits()
    {
        await using var server = await TestServer.StartAsync(null, "http.streams.max_queued=16");
        using var slow = await ConnectRawAsync(server);
        using var quick = await OpenAsync(server);
        var large = new string('x', 64 * 1024);

        var id = 0;
        while (server.DataPath.Stream.ClientCount == 2 && id < 10_000)
        {
            server.DataPath.Publish(++id, "firing", large);
            Assert.StartsWith($"id: {id}\n", await ReadEventAsync(quick), StringComparison.Ordinal);
        }

        Assert.Equal(1, server.DataPath.Stream.ClientCount);
        await AssertCutOffAsync(slow);
        server.DataPath.Publish(++id, "firing", "still there");
        Assert.Contains("still there", await ReadEventAsync(quick), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_bound_on_clients_a_stream_is_refused_until_one_leaves()
    {
        await using var server = await TestServer.StartAsync(null, "http.streams.max_clients=1");
        var first = await OpenAsync(server);

        using (var refused = await server.Client.GetAsync("/stream"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        first.Dispose();
        HttpStatusCode status;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/stream");
            using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            status = response.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_quiet_stream_carries_heartbeats()
    {
        await using var server = await TestServer.StartAsync(null, "http.streams.heartbeat=1s");
        using var reader = await OpenAsync(server);

        Assert.Equal(": \n", await ReadEventAsync(reader));
    }

    [Fact]
    public async Task Streams_end_when_the_server_stops()
    {
        await using var server = await TestServer.StartAsync();
        using var reader = await OpenAsync(server);

        await server.Host.StopAsync();

        Assert.Null(await reader.ReadLineAsync());
        Assert.Equal(0, server.DataPath.Stream.ClientCount);
    }

    private static async Task<StreamReader> OpenAsync(TestServer server, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/stream");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000\n", await ReadEventAsync(reader));
        return reader;
    }

    private static async Task<string> ReadEventAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A client that sends its request, waits until it is served, and then reads no more.</summary>
    private static async Task<Socket> ConnectRawAsync(TestServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(server.Host.EndPoints!.Http);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await socket.ReceiveAsync(new byte[1]);
        return socket;
    }

    private static async Task AssertCutOffAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }
}
