using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Api.Tests.Metrics;

namespace Fengsui.Api.Tests.Hosting;

public sealed class ServerHostTests
{
    [Fact]
    public async Task Mqtt_connections_reach_the_data_path_and_its_life_is_in_order()
    {
        await using var server = await TestServer.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Host.EndPoints!.Mqtt);
            await client.GetStream().WriteAsync("echo"u8.ToArray());
            var answer = new byte[4];
            await client.GetStream().ReadExactlyAsync(answer);
            Assert.Equal("echo"u8.ToArray(), answer);
        }

        await server.Host.StopAsync();
        await server.Host.DisposeAsync();

        Assert.Equal(["map", "start", "stop", "dispose"], server.DataPath.Calls);
    }

    [Fact]
    public async Task While_it_recovers_the_server_is_alive_not_ready_and_turns_mqtt_away()
    {
        await using var server = TestServer.Create();
        server.DataPath.HoldRecovery = true;
        var starting = server.Host.StartAsync(CancellationToken.None);
        await server.DataPath.Recovering.Task;
        server.Connect();

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/healthz")).StatusCode);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "recovering"), await ReadyAsync(server, "host"));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Host.EndPoints!.Mqtt);
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
        }

        server.DataPath.Recovered.SetResult();
        await starting;
        Assert.Equal((HttpStatusCode.OK, ""), await ReadyAsync(server, "host"));
    }

    [Fact]
    public async Task A_check_that_is_not_ready_or_throws_makes_the_server_not_ready()
    {
        await using var server = await TestServer.StartAsync();
        server.Host.Readiness.Add("journal", () => ReadinessResult.NotReady("the disk is full"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the disk is full"), await ReadyAsync(server, "journal"));

        server.Host.Readiness.Add("journal", () => throw new InvalidOperationException());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the check itself failed; see the log"), await ReadyAsync(server, "journal"));

        server.Host.Readiness.Add("journal", () => ReadinessResult.Ready("3 segments"));
        Assert.Equal((HttpStatusCode.OK, "3 segments"), await ReadyAsync(server, "journal"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_explained_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var server = TestServer.Create(null, $"server.http_port={port}");

        var failure = await Assert.ThrowsAsync<EnvironmentException>(() => server.Host.StartAsync(CancellationToken.None));

        Assert.Equal(
            $"the HTTP port {port} on 127.0.0.1 is taken by another program: choose another with --http-port (0 picks a free one), or stop that program",
            failure.Message);
        Assert.Equal(["map"], server.DataPath.Calls);
    }

    [Fact]
    public async Task A_data_directory_belongs_to_one_server_at_a_time()
    {
        await using var server = TestServer.Create();

        var failure = Assert.Throws<EnvironmentException>(() => DataDirectory.Open(server.Configuration.DataDirectory));

        Assert.Contains("another fengsui may be using it", failure.Message, StringComparison.Ordinal);
        await server.Host.DisposeAsync();
        DataDirectory.Open(server.Configuration.DataDirectory).Dispose();
    }

    [Fact]
    public async Task Status_shows_where_the_server_listens_and_what_its_parts_add()
    {
        await using var server = await TestServer.StartAsync();
        server.Host.Status.Add("journal", json => json.WriteNumberValue(42));

        using var status = JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/status"));

        Assert.Equal(server.Host.EndPoints!.Mqtt.ToString(), status.RootElement.GetProperty("listen").GetProperty("mqtt").GetString());
        Assert.Equal(42, status.RootElement.GetProperty("journal").GetInt32());
    }

    [Fact]
    public async Task Metrics_are_served_in_the_text_format()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.GetStringAsync("/healthz");

        using var response = await server.Client.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var text = ExpositionText.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(text.Value("fengsui_http_request_duration_seconds_count", "route=\"/healthz\",status=\"200\"") >= 1);
    }

    [Fact]
    public void The_startup_line_has_the_form_that_scripts_read()
    {
        var mqtt = new IPEndPoint(IPAddress.Loopback, 1883);
        var http = new IPEndPoint(IPAddress.Loopback, 8080);

        Assert.Equal("listening mqtt=127.0.0.1:1883 http=127.0.0.1:8080", new BoundEndPoints(mqtt, null, http, "http").StartupLine);
        Assert.Equal(
            "listening mqtt=127.0.0.1:1883 http=127.0.0.1:8080 mqtts=127.0.0.1:8883",
            new BoundEndPoints(mqtt, new IPEndPoint(IPAddress.Loopback, 8883), http, "http").StartupLine);
    }

    private static async Task<(HttpStatusCode Status, string? Detail)> ReadyAsync(TestServer server, string check)
    {
        using var response = await server.Client.GetAsync("/readyz");
        using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        var entry = body.RootElement.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == check);
        return (response.StatusCode, entry.GetProperty("detail").GetString());
    }
}
