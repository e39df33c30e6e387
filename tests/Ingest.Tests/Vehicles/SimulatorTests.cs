using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles.Codec;
using Fengsui.Rules.Model;
using Fengsui.Vehicles;
using Fengsui.Vehicles.Driving;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>The simulated vehicles have a codec of their own; here the two meet.</summary>
public sealed class SimulatorTests
{
    private const long Phone = 13_912_344_329;

    private static readonly VehicleState State = new(
        FramingTests.Noon.ToUnixTimeMilliseconds() - 1_000, 31.234567, -121.5, 61.5, 270, 7.5, 33.3, -18, IsIgnitionOn: true, IsFixed: true, IsDoorOpen: true, Drive.Sos);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_vehicle_says_is_what_the_server_reads(bool is2019)
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        var frame = TerminalFrame.Write(0x0200, Phone, is2019, 0x7E7D, ReportBody.Write(State, State.Alarms, is2019));
        var batch = session.Send(frame).Take();
        Assert.Empty(batch.Letters);
        var row = batch.Rows[0];
        Assert.Equal(State.TimeMs, row.TimeMs);
        Assert.Equal(new GeoPosition(312_345_670, -1_215_000_000), GeoPosition.Unpack(row["position"].Value));
        Assert.Equal((61.5, 270.0, 7.5, 33.3), (row["speed"].Value, row["heading"].Value, row["mileage"].Value, row["fuel"].Value));
        Assert.Equal((1.0, 1.0, 1.0), (row["ignition"].Value, row["cargo.door"].Value, row["doors.lock"].Value));
        Assert.Equal(is2019, row.Readings.Any(reading => reading is { Metric: "cargo.temperature", Value: -18 }));
        Assert.Equal(1, batch.Rows[1]["sos.alarm"].Value);
    }

    [Fact]
    public void What_the_server_answers_is_what_a_vehicle_reads_byte_by_byte()
    {
        var replies = new ReplyWriter();
        var plain = new byte[64];
        var written = TerminalFrame.Write(0x0002, Phone, is2019: true, 0x7D7E, []);
        var length = Jt808Escape.Undo(written.AsSpan(1, written.Length - 2), plain);
        Assert.Equal(RejectReason.None, Jt808Frame.TryRead(plain.AsSpan(0, length), out var frame));
        replies.General(frame, frame.Header.Serial, ReplyResult.Failed);
        replies.Registration(frame, RegistrationResult.Done, "code"u8);

        var reader = new PlatformReader();
        var heard = new List<PlatformMessage>();
        foreach (var value in replies.Pending.ToArray())
        {
            if (reader.Take(value) is { } message)
            {
                heard.Add(message);
            }
        }

        Assert.Equal(0, reader.Broken);
        Assert.Equal([(0x8001, 0x7D7E, 1), (0x8100, 0x7D7E, 0)], heard.Select(message => ((int)message.Id, (int)message.AnswerTo, (int)message.Result)));
        Assert.Equal("code"u8.ToArray(), heard[1].Code);
    }

    [Fact]
    public void A_vehicle_drives_to_the_end_of_its_line_and_back()
    {
        var route = new DrivenRoute("north", [(30.0, 121.0), (30.01, 121.0), (30.02, 121.0)]);
        Assert.Equal(2_223.9, route.Length, 1);
        Assert.Equal((30.005, 0), (Math.Round(route.At(route.Length / 4).Latitude, 6), route.At(route.Length / 4).Heading));
        Assert.Equal((30.02, 121.0), (Math.Round(route.At(route.Length).Latitude, 6), route.At(route.Length).Longitude));
        Assert.Equal((30.01, 180), (Math.Round(route.At(route.Length * 1.5).Latitude, 6), route.At(route.Length * 1.5).Heading));
        Assert.Equal(route.At(0).Latitude, route.At(route.Length * 2).Latitude, 6);
    }

    [Fact]
    public void The_same_seed_drives_the_same_way()
    {
        Assert.Equal(Steps(7), Steps(7));
        Assert.NotEqual(Steps(7), Steps(8));
    }

    [Fact]
    public void Alarms_until_acknowledged_stay_up_in_every_report_until_one_is()
    {
        var buffer = new ReportBuffer(Phone, is2019: false, new VehiclesCounters(), null);
        buffer.Keep(State with { Alarms = Drive.Area });
        buffer.Keep(State with { Alarms = 0 });
        Assert.All(buffer.Take(1, 500), report => Assert.Equal(Drive.Area, report.Alarms));
        buffer.Answer(1, isTaken: true);
        buffer.Keep(State with { Alarms = 0 });
        Assert.Equal(0u, Assert.Single(buffer.Take(2, 0)).Alarms);
    }

    [Fact]
    public void What_is_not_answered_is_sent_again_in_its_order()
    {
        var buffer = new ReportBuffer(Phone, is2019: false, new VehiclesCounters(), null);
        for (var second = 0; second < 5; second++)
        {
            buffer.Keep(State with { TimeMs = State.TimeMs + (second * 1_000) });
        }

        buffer.Take(1, 0);
        buffer.Take(2, 0);
        buffer.Answer(1, isTaken: true);
        buffer.Recall();
        Assert.Equal([1, 2, 3, 4], buffer.Take(3, 1_000).Select(report => (report.State.TimeMs - State.TimeMs) / 1_000));
        Assert.Equal(4, buffer.Open);
    }

    private static List<VehicleState> Steps(ulong seed)
    {
        var drive = new Drive(0, DrivenRoute.BuiltIn, new VehiclesOptions { Seed = seed, RateHz = 1 }, 0);
        return [.. Enumerable.Range(0, 50).Select(_ => drive.Next())];
    }
}
