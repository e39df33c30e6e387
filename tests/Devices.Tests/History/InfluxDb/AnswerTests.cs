using System.Globalization;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>What servers answer, and what becomes of the readings: each case ends with nothing lost and nothing twice.</summary>
public sealed class AnswerTests
{
    private const int Devices = 4;
    private const int Steps = 500;
    private const int Points = Devices * Steps;

    [Fact]
    public async Task Everything_arrives_and_connections_are_used_again()
    {
        await using var server = new FakeInflux();
        await WriteAllAsync(server, InfluxRig.Target(server.Url) with { BatchLines = 50 });
        Assert.Equal(Points, server.Points.Count);
        Assert.True(server.Requests.Count >= Points / 50);
        Assert.InRange(server.Connections, 1, 2);
        Assert.All(server.Requests, request => Assert.Equal("/write?db=fengsui&precision=ms", request.Target));
    }

    [Theory]
    [InlineData(InfluxGeneration.V1, "/write?db=fengsui&precision=ms", "Basic dTpw")]
    [InlineData(InfluxGeneration.V2, "/api/v2/write?org=org&bucket=bucket&precision=ms", "Token t")]
    [InlineData(InfluxGeneration.V3, "/api/v3/write_lp?db=fengsui&precision=millisecond&accept_partial=true", "Bearer t")]
    [InlineData(InfluxGeneration.VictoriaMetrics, "/write?db=fengsui&precision=ms", "Bearer t")]
    public async Task Each_generation_has_its_own_path_and_authorisation(InfluxGeneration generation, string path, string authorisation)
    {
        await using var server = new FakeInflux();
        var target = InfluxRig.Target(server.Url, generation);
        await WriteAllAsync(server, generation == InfluxGeneration.V1 ? target with { User = "u", Password = "p" } : target with { Token = "t" });
        Assert.All(server.Requests, request => Assert.Equal((path, authorisation), (request.Target, request.Headers["authorization"])));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(0)]
    public async Task What_keeps_the_server_from_taking_anything_loses_nothing(int status)
    {
        await using var server = new FakeInflux(request => request.Number % 3 != 0 ? new FakeReply(status, "{\"error\":\"no\"}") : FakeReply.Stored);
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url) with { BatchLines = 500 });
        Assert.Equal(Points, server.Points.Count);
        Assert.Equal(Points, end.Lines);
        Assert.Equal(0, end.Rejected);
        Assert.True(end.Retries > 0);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Retry_after_in_seconds_is_honoured(int status)
    {
        await using var server = new FakeInflux(request => request.Number == 1 ? new FakeReply(status) { Header = ("Retry-After", "1") } : FakeReply.Stored);
        var waited = await SecondsUntilWrittenAsync(server);
        Assert.InRange(waited, 1, 30);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Retry_after_as_a_date_is_honoured(int status)
    {
        var at = DateTimeOffset.UtcNow.AddSeconds(3);
        await using var server = new FakeInflux(request => request.Number == 1
            ? new FakeReply(status) { Header = ("Retry-After", at.ToString("R", CultureInfo.InvariantCulture)) }
            : FakeReply.Stored);
        await SecondsUntilWrittenAsync(server);
        Assert.True(DateTimeOffset.UtcNow >= at.AddSeconds(-1), "the date was not waited for");
    }

    [Fact]
    public async Task Wrong_credentials_stop_the_target_and_say_so_and_it_goes_on_when_they_are_right()
    {
        var isRight = false;
        await using var server = new FakeInflux(_ => isRight ? FakeReply.Stored : new FakeReply(401, "{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}"));
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url, InfluxGeneration.V2) with { Token = "very-secret" });
        await rig.PushAsync(0, Steps);
        await InfluxRig.UntilAsync(() => target.Status.State == InfluxTargetState.Stopped);
        Assert.Contains("401", target.Status.LastError, StringComparison.Ordinal);
        Assert.Contains("unauthorized access", target.Status.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", target.Status.ToString() + target.Options, StringComparison.Ordinal);
        isRight = true;
        await rig.CaughtUpAsync(target);
        Assert.Equal(Points, server.Points.Count);
    }

    [Fact]
    public async Task Influxdb_1_stores_the_good_lines_and_quotes_the_bad_ones()
    {
        // As 1.6 does: good lines are stored, the bad ones quoted, dropped=0.
        await using var server = new FakeInflux(request => request.Lines.Where(IsBad).ToArray() is { Length: > 0 } bad
            ? new FakeReply(400, System.Text.Json.JsonSerializer.Serialize(new { error = "partial write: " + string.Join('\n', bad.Select(line => $"unable to parse '{line}': invalid number")) + " dropped=0" })) { Stores = line => !IsBad(line) }
            : FakeReply.Stored);
        var end = await WriteBadAsync(server, InfluxRig.Target(server.Url));
        Assert.Contains("unable to parse", end.LastError, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 2, 40);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task A_type_conflict_names_no_line_and_is_found_by_halves(int status)
    {
        await using var server = new FakeInflux(request => request.Lines.Count(IsBad) is > 0 and var bad
            ? new FakeReply(status, $$"""{"error":"partial write: field type conflict: input field \"temperature\" is type float, already exists as type integer dropped={{bad}}"}""") { Stores = line => !IsBad(line) }
            : FakeReply.Stored);
        await WriteBadAsync(server, InfluxRig.Target(server.Url, InfluxGeneration.V2));
    }

    [Fact]
    public async Task Influxdb_2_stores_nothing_of_a_request_with_a_line_it_cannot_parse()
    {
        await using var server = new FakeInflux(request => request.Lines.FirstOrDefault(IsBad) is { } bad
            ? new FakeReply(400, System.Text.Json.JsonSerializer.Serialize(new { code = "invalid", message = $"unable to parse '{bad}': invalid number" }))
            : FakeReply.Stored);
        await WriteBadAsync(server, InfluxRig.Target(server.Url, InfluxGeneration.V2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Influxdb_3_names_lines_by_number(bool acceptsPartial)
    {
        await using var server = new FakeInflux(request =>
        {
            var bad = request.Lines.Select((line, index) => (line, index)).Where(pair => IsBad(pair.line))
                .Select(pair => new { original_line = pair.line, line_number = pair.index + 1, error_message = "invalid column type" }).ToArray();
            return bad.Length == 0 ? FakeReply.Stored
                : acceptsPartial ? new FakeReply(400, System.Text.Json.JsonSerializer.Serialize(new { error = "partial write of line protocol occurred", data = bad })) { Stores = line => !IsBad(line) }
                : new FakeReply(400, System.Text.Json.JsonSerializer.Serialize(new { error = "parsing failed for write_lp endpoint", data = bad[0] }));
        });
        await WriteBadAsync(server, InfluxRig.Target(server.Url, InfluxGeneration.V3));
    }

    [Fact]
    public async Task A_server_that_says_nothing_but_400_is_bisected()
    {
        await using var server = new FakeInflux(request => request.Lines.Any(IsBad) ? new FakeReply(400) : FakeReply.Stored);
        await WriteBadAsync(server, InfluxRig.Target(server.Url, InfluxGeneration.VictoriaMetrics));
    }

    [Fact]
    public async Task A_server_that_refuses_every_request_with_400_is_not_taken_for_one_that_refuses_lines()
    {
        var isRight = false;
        await using var server = new FakeInflux(_ => isRight ? FakeReply.Stored : new FakeReply(400, "{\"error\":\"invalid consistency level\"}"));
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { BatchLines = 100 });
        await rig.PushAsync(0, Steps);
        await InfluxRig.UntilAsync(() => target.Status.State == InfluxTargetState.Stopped);
        isRight = true;
        await rig.CaughtUpAsync(target);
        Assert.Equal((Points, 0), (server.Points.Count, target.Status.Rejected));
    }

    [Fact]
    public async Task All_lines_refused_at_once_do_not_cost_a_request_each()
    {
        await using var server = new FakeInflux(request => new FakeReply(400, $$"""{"error":"partial write: points beyond retention policy dropped={{request.Lines.Count}}"}"""));
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url));
        Assert.Empty(server.Points);
        Assert.Equal(Points, end.Rejected);
        Assert.InRange(server.Requests.Count, 1, 40);
    }

    [Theory]
    [InlineData(413)]
    [InlineData(400)]
    public async Task Too_large_a_request_is_split_and_the_next_are_smaller(int status)
    {
        await using var server = new FakeInflux(request => request.Body.Length > 4000 ? new FakeReply(status, "too big") : FakeReply.Stored);
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url));
        Assert.Equal((Points, 0), (server.Points.Count, end.Rejected));
        if (status == 413)
        {
            Assert.InRange(end.Retries, 1, 40);
        }
    }

    [Theory]
    [InlineData(415, "")]
    [InlineData(400, "cannot decode gzip body")]
    public async Task A_server_that_refuses_gzip_gets_plain_text(int status, string body)
    {
        await using var server = new FakeInflux(request => request.IsGzip ? new FakeReply(status, body) : FakeReply.Stored);
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url) with { Gzip = true });
        Assert.Equal((Points, 0), (server.Points.Count, end.Rejected));
    }

    [Fact]
    public async Task Gzip_is_taken_apart_by_a_server_that_knows_it()
    {
        await using var server = new FakeInflux();
        await WriteAllAsync(server, InfluxRig.Target(server.Url) with { Gzip = true });
        Assert.Equal(Points, server.Points.Count);
        Assert.All(server.Requests, request => Assert.True(request.IsGzip));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_asked_for_again()
    {
        var never = new TaskCompletionSource();
        await using var server = new FakeInflux(request => request.Number <= 2 ? new FakeReply(500, "slow") { BodyAfter = never.Task, Stores = _ => true } : FakeReply.Stored);
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url) with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal((Points, 0), (server.Points.Count, end.Rejected));
    }

    [Fact]
    public async Task A_connection_that_is_reset_in_the_middle_of_an_answer_is_no_answer()
    {
        await using var server = new FakeInflux(request => request.Number <= 3 ? new FakeReply(200, "all is well, of course") { BreaksBody = true, Stores = _ => false } : FakeReply.Stored);
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url));
        Assert.Equal((Points, 0), (server.Points.Count, end.Rejected));
    }

    private static bool IsBad(string line) => line.Contains("device-2", StringComparison.Ordinal) && line.Contains("temperature=7", StringComparison.Ordinal);

    private static async Task<InfluxTargetStatus> WriteAllAsync(FakeInflux server, InfluxTargetOptions options)
    {
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(options);
        await rig.PushAsync(0, Steps, Devices);
        await rig.CaughtUpAsync(target);
        Assert.Equal(0, target.Status.LostBytes);
        Assert.All(server.Points, point => Assert.Contains(",type=gas,zone=hall-1 ", point.Key, StringComparison.Ordinal));
        return target.Status;
    }

    /// <summary>Every good line ends in the server, every bad one in the file, once, with the server's reason before it.</summary>
    private static async Task<InfluxTargetStatus> WriteBadAsync(FakeInflux server, InfluxTargetOptions options)
    {
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(options);
        await rig.PushAsync(0, Steps, Devices);
        await rig.CaughtUpAsync(target);
        var bad = Enumerable.Range(0, Steps).Count(step => step.ToString(CultureInfo.InvariantCulture).StartsWith('7'));
        Assert.Equal(Points - bad, server.Points.Count);
        var kept = await File.ReadAllLinesAsync(Path.Combine(rig.DataDirectory, "influxdb", "test", RejectedLines.FileName));
        Assert.Equal(bad, kept.Where(line => !line.StartsWith('#')).Distinct().Count(IsBad));
        Assert.Equal(2 * bad, kept.Length);
        Assert.All(kept.Where(line => line.StartsWith('#')), line => Assert.Matches("^# at [0-9]+/[0-9]+ [^ ]+Z test: 4[0-9][0-9] ", line));
        Assert.Equal(bad, target.Status.Rejected);
        return target.Status;
    }

    private static async Task<double> SecondsUntilWrittenAsync(FakeInflux server)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        var end = await WriteAllAsync(server, InfluxRig.Target(server.Url) with { InFlight = 1 });
        Assert.Equal((Points, 0), (server.Points.Count, end.Rejected));
        return started.Elapsed.TotalSeconds;
    }
}
