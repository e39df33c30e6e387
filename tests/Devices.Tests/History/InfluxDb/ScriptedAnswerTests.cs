using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>Every answer that docs/influxdb.md lists, from a server of each generation that gives it: all good lines end in the server once, all bad ones in the file once, nothing is lost.</summary>
public sealed class ScriptedAnswerTests
{
    private const int Devices = 4;
    private const int Steps = 300;
    private const int Points = Devices * Steps;

    /// <summary>Bad for the server of the script.</summary>
    private static readonly int Bad = Enumerable.Range(0, Steps).Count(step => step.ToString(CultureInfo.InvariantCulture).StartsWith('7'));

    /// <summary>204 to everything.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Good_lines_are_written_once(InfluxGeneration generation)
    {
        await using var server = new FakeInflux();
        await WriteAsync(server, generation);
        Assert.Equal(Points, server.Stored);
    }

    /// <summary>A request without a whole answer may have been stored: it is made again, and the server holds each point once with the same value.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task A_point_that_is_written_again_is_the_same_point(InfluxGeneration generation)
    {
        await using var server = new FakeInflux(request => request.Number <= 3 ? FakeReply.Reset with { Stores = _ => true } : FakeReply.Stored);
        await WriteAsync(server, generation);
        Assert.True(server.Stored > Points);
    }

    /// <summary>400 or 422, of which the good lines are stored, or none, with the bad lines quoted, numbered, counted, or unnamed.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V1, 400, "quoted", true)]
    [InlineData(InfluxGeneration.V1, 400, "conflict", true)]
    [InlineData(InfluxGeneration.V2, 400, "quoted", false)]
    [InlineData(InfluxGeneration.V2, 422, "conflict", true)]
    [InlineData(InfluxGeneration.V2, 422, "counted", true)]
    [InlineData(InfluxGeneration.V2, 400, "numbered", true)]
    [InlineData(InfluxGeneration.V3, 400, "numbered", true)]
    [InlineData(InfluxGeneration.V3, 400, "numbered", false)]
    [InlineData(InfluxGeneration.V3, 400, "first-only", false)]
    [InlineData(InfluxGeneration.VictoriaMetrics, 400, "silent", false)]
    public async Task Of_good_and_bad_lines_the_good_are_stored_and_the_bad_kept_aside(InfluxGeneration generation, int status, string form, bool isPartial)
    {
        await using var server = new FakeInflux(request => request.Lines.Any(IsBad)
            ? new FakeReply(status, Body(form, request)) { Stores = isPartial ? line => !IsBad(line) : _ => false }
            : FakeReply.Stored);
        await WriteAsync(server, generation, bad: Bad);
    }

    /// <summary>401, 403, 404 (as of an unknown database, bucket or endpoint), a redirect: everything is kept until it is put right.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V1, 401)]
    [InlineData(InfluxGeneration.V1, 404)]
    [InlineData(InfluxGeneration.V2, 401)]
    [InlineData(InfluxGeneration.V2, 403)]
    [InlineData(InfluxGeneration.V2, 404)]
    [InlineData(InfluxGeneration.V3, 401)]
    [InlineData(InfluxGeneration.V3, 403)]
    [InlineData(InfluxGeneration.V3, 404)]
    [InlineData(InfluxGeneration.V3, 307)]
    public async Task What_a_person_must_put_right_stops_the_target_and_loses_nothing(InfluxGeneration generation, int status)
    {
        await using var server = new FakeInflux(request => request.Number <= 4 ? new FakeReply(status, """{"code":"no","message":"no"}""") { Header = ("Location", "http://127.0.0.1:1/") } : FakeReply.Stored);
        await WriteAsync(server, generation);
        Assert.Equal(Points, server.Stored);
    }

    /// <summary>413 (VictoriaMetrics: 400) beyond a size.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V1, 413)]
    [InlineData(InfluxGeneration.V2, 413)]
    [InlineData(InfluxGeneration.V3, 413)]
    [InlineData(InfluxGeneration.VictoriaMetrics, 400)]
    public async Task Too_large_a_request_arrives_in_parts(InfluxGeneration generation, int status)
    {
        await using var server = new FakeInflux(request => request.Body.Length > 3000 ? new FakeReply(status, "too big") : FakeReply.Stored);
        await WriteAsync(server, generation);
        Assert.Equal(Points, server.Stored);
    }

    /// <summary>429 and 503, with Retry-After in seconds, as a date, and without; disk full (500).</summary>
    [Theory]
    [InlineData(InfluxGeneration.V1, 503, "")]
    [InlineData(InfluxGeneration.V1, 500, "")]
    [InlineData(InfluxGeneration.V2, 429, "seconds")]
    [InlineData(InfluxGeneration.V2, 429, "date")]
    [InlineData(InfluxGeneration.V2, 503, "seconds")]
    [InlineData(InfluxGeneration.V2, 503, "date")]
    [InlineData(InfluxGeneration.V2, 500, "")]
    [InlineData(InfluxGeneration.V3, 429, "seconds")]
    [InlineData(InfluxGeneration.V3, 429, "date")]
    [InlineData(InfluxGeneration.V3, 503, "seconds")]
    [InlineData(InfluxGeneration.V3, 503, "date")]
    [InlineData(InfluxGeneration.V3, 500, "")]
    public async Task A_server_that_is_overloaded_or_full_is_left_alone_for_as_long_as_it_asks(InfluxGeneration generation, int status, string form)
    {
        var arrivals = new ConcurrentQueue<DateTimeOffset>();
        var until = DateTimeOffset.UnixEpoch;
        await using var server = new FakeInflux(request =>
        {
            arrivals.Enqueue(DateTimeOffset.UtcNow);
            if (request.Number > 1)
            {
                return FakeReply.Stored;
            }

            // A date is in whole seconds; two of them are at least one.
            until = form switch { "seconds" => DateTimeOffset.UtcNow.AddSeconds(1), "date" => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 2), _ => DateTimeOffset.UnixEpoch };
            var reply = new FakeReply(status, """{"code":"unavailable","message":"hinted handoff queue full"}""");
            return form.Length == 0 ? reply : reply with { Header = ("Retry-After", form == "seconds" ? "1" : until.ToString("R", CultureInfo.InvariantCulture)) };
        });
        await WriteAsync(server, generation, target => target with { InFlight = 1 });
        Assert.Equal(Points, server.Stored);

        // Timers and clocks of a machine are not of one mind to the millisecond.
        Assert.True(arrivals.ElementAt(1) >= until.AddMilliseconds(-50), string.Create(CultureInfo.InvariantCulture, $"asked for until {until:O}, came at {arrivals.ElementAt(1):O}"));
    }

    /// <summary>The head of an answer comes, its body does not within the time-out; nothing was stored, or all of it.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V2, true)]
    [InlineData(InfluxGeneration.V2, false)]
    [InlineData(InfluxGeneration.V3, true)]
    [InlineData(InfluxGeneration.V3, false)]
    public async Task A_slow_body_is_no_answer(InfluxGeneration generation, bool isStored)
    {
        var never = new TaskCompletionSource();
        await using var server = new FakeInflux(request => request.Number == 1 ? new FakeReply(400, "what follows does not come") { BodyAfter = never.Task, Stores = _ => isStored } : FakeReply.Stored);
        await WriteAsync(server, generation, target => target with { Timeout = TimeSpan.FromSeconds(1) });
    }

    /// <summary>Half of a body that says that lines are bad, then a reset: no line is taken for bad.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V2)]
    [InlineData(InfluxGeneration.V3)]
    public async Task A_reset_in_the_middle_of_a_body_is_no_answer(InfluxGeneration generation)
    {
        await using var server = new FakeInflux(request => request.Number <= 3 ? new FakeReply(400, Body("quoted", request) + new string(' ', 2000)) { BreaksBody = true } : FakeReply.Stored);
        await WriteAsync(server, generation);
        Assert.Equal(Points, server.Stored);
    }

    /// <summary>415, or 400 that names gzip.</summary>
    [Theory]
    [InlineData(InfluxGeneration.V2, 415, "")]
    [InlineData(InfluxGeneration.V2, 400, """{"code":"invalid","message":"failed to decode gzip request body"}""")]
    [InlineData(InfluxGeneration.V3, 415, "")]
    [InlineData(InfluxGeneration.V3, 400, """{"error":"invalid content-encoding: gzip"}""")]
    public async Task Where_gzip_is_refused_the_same_lines_go_in_plain_text(InfluxGeneration generation, int status, string body)
    {
        await using var server = new FakeInflux(request => request.IsGzip ? new FakeReply(status, body) : FakeReply.Stored);
        await WriteAsync(server, generation, target => target with { Gzip = true });
        Assert.Equal(Points, server.Stored);
        Assert.Contains(server.Requests, request => request.IsGzip);
    }

    public static TheoryData<InfluxGeneration> All() => [.. Enum.GetValues<InfluxGeneration>()];

    private static bool IsBad(string line) => line.Contains("device-2", StringComparison.Ordinal) && line.Contains("temperature=7", StringComparison.Ordinal);

    private static string Body(string form, FakeRequest request)
    {
        var bad = request.Lines.Select((line, index) => (line, number: index + 1)).Where(pair => IsBad(pair.line)).ToArray();
        var numbered = bad.Select(pair => new { original_line = pair.line, line_number = pair.number, error_message = "invalid column type" }).ToArray();
        return form switch
        {
            "quoted" => JsonSerializer.Serialize(new { error = "partial write: " + string.Join('\n', bad.Select(pair => $"unable to parse '{pair.line}': invalid number")) + " dropped=0" }),
            "conflict" => JsonSerializer.Serialize(new { code = "unprocessable entity", message = $"failure writing points to database: partial write: field type conflict: input field is type float, already exists as type integer dropped={bad.Length}" }),
            "counted" => JsonSerializer.Serialize(new { code = "unprocessable entity", message = $"partial write: points beyond retention policy dropped={bad.Length}" }),
            "numbered" => JsonSerializer.Serialize(new { error = "partial write of line protocol occurred", data = numbered }),
            "first-only" => JsonSerializer.Serialize(new { error = "parsing failed for write_lp endpoint", data = numbered[0] }),
            _ => "",
        };
    }

    /// <summary>Writes, and checks that every good line is in the server with its value, and every bad one in the file, once.</summary>
    private static async Task WriteAsync(FakeInflux server, InfluxGeneration generation, Func<InfluxTargetOptions, InfluxTargetOptions>? with = null, int bad = 0)
    {
        await using var rig = await InfluxRig.StartAsync();
        var options = InfluxRig.Target(server.Url, generation) with { BatchLines = 400 };
        await using var target = rig.Open(with?.Invoke(options) ?? options);
        await rig.PushAsync(0, Steps, Devices);
        await rig.CaughtUpAsync(target);
        Assert.Equal((Points - bad, bad, 0L), (server.Points.Count, target.Status.Rejected, target.Status.LostBytes));
        Assert.All(server.Points, point =>
        {
            var step = (long.Parse(point.Key[(point.Key.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) - rig.StartMs) / 1000;
            Assert.Equal("temperature=" + step.ToString(CultureInfo.InvariantCulture), point.Value);
        });
        var kept = await File.ReadAllLinesAsync(Path.Combine(rig.DataDirectory, "influxdb", "test", RejectedLines.FileName));
        Assert.Equal(2 * bad, kept.Length);
        Assert.Equal(bad, kept.Where(line => !line.StartsWith('#')).Distinct().Count(IsBad));
    }
}
