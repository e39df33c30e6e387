using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>A terminal repeats an alarm in every report; only a change is told.</summary>
public sealed class AlarmEdgeTests
{
    private const uint Sos = 1, Area = 1u << 20, Rollover = 1u << 30;

    [Fact]
    public async Task Alarms_are_told_at_first_and_when_they_change()
    {
        Assert.Equal(
            ["59:00", "59:02 sos", "59:04 sos rollover", "59:05"],
            await ToldAsync((0, 0), (1, 0), (2, Sos), (3, Sos), (4, Sos | Rollover), (5, 0), (6, 0)));
    }

    [Fact]
    public async Task An_alarm_that_ends_with_its_acknowledgement_is_a_pulse() =>
        Assert.Equal(["59:00 area", "59:01"], await ToldAsync((0, Area), (1, 0), (2, 0)));

    [Fact]
    public async Task Reserved_bits_are_no_change() =>
        Assert.Equal(["59:00", "59:02 sos"], await ToldAsync((0, 0), (1, 1u << 10), (2, Sos | (1u << 27))));

    [Fact]
    public async Task Every_bit_that_the_standard_names_is_told()
    {
        var told = await ToldAsync((0, uint.MaxValue));
        Assert.Equal(20, told[0].Split(' ').Length);
        Assert.Contains("route_deviation", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edge_in_a_report_that_is_refused_comes_with_the_next_one()
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        session.Send(Report(1, "261125115900", 0), Report(2, "281125115901", Sos), Report(3, "261125115902", Sos));
        Assert.Equal(["59:00", "59:02 sos"], Told(session.Take()));
    }

    [Fact]
    public async Task A_backlogs_alarms_are_compared_among_themselves_and_leave_those_of_now_alone()
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        var backlog = Jt808Text.Batch(
            Jt808Text.Position("261125110000", alarms: Sos), Jt808Text.Position("261125110001", alarms: Sos), Jt808Text.Position("261125110002"));
        session.Send(Report(1, "261125115900", Rollover), Jt808Text.Frame(0x0704, SessionRig.Phone, 2, backlog), Report(3, "261125115901", Rollover));
        Assert.Equal(["59:00 rollover", "00:00 sos", "00:02"], Told(session.Take()));
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(params (int Second, uint Alarms)[] reports)
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        foreach (var (second, alarms) in reports)
        {
            session.Send(Report((ushort)second, $"2611251159{second:D2}", alarms));
        }

        return Told(session.Take());
    }

    private static byte[] Report(ushort serial, string time, uint alarms) =>
        Jt808Text.Frame(0x0200, SessionRig.Phone, serial, Jt808Text.Position(time, alarms: alarms));

    /// <summary>Minute and second of each row of alarms, and which of them were on.</summary>
    private static IReadOnlyList<string> Told(StagedBatch batch) =>
    [
        .. batch.Rows.Where(row => row.Readings.Any(reading => reading.Metric == "sos.alarm")).Select(row => string.Join(' ',
        [
            DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs).ToString("mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            .. row.Readings.Where(reading => reading.Value == 1).Select(reading => reading.Metric.Replace(".alarm", "", StringComparison.Ordinal)),
        ])),
    ];
}
