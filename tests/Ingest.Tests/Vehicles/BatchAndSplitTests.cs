using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles.Sessions;

namespace Fengsui.Ingest.Tests.Vehicles;

public sealed class BatchAndSplitTests : IAsyncLifetime, IDisposable
{
    private const string Phone = SessionRig.Phone;

    private SourceRig _rig = null!;
    private SessionRig _session = null!;

    public async Task InitializeAsync()
    {
        _rig = await SourceRig.StartAsync(FramingTests.Noon);
        _session = new SessionRig(_rig);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_report_of_a_backlog_is_a_row_of_its_own_time()
    {
        var body = Jt808Text.Batch([.. Enumerable.Range(0, 20).Select(second => Jt808Text.Position($"2611251130{second:D2}", speed: second))]);
        var rows = _session.Send(Jt808Text.Frame(0x0704, Phone, 7, body)).Take().Rows.Where(row => row.Readings[0].Metric == "position").ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(second => (double)second), rows.Select(row => row["speed"].Value));
        Assert.Equal(20, rows.Select(row => row.TimeMs).Distinct().Count());
        Assert.Equal(["8001 0007070400"], _session.Replies());
    }

    [Fact]
    public void A_report_of_a_backlog_that_is_wrong_takes_no_other_with_it()
    {
        var body = Jt808Text.Batch(Jt808Text.Position("261125113000"), Jt808Text.Position("261325113001"), new byte[5], Jt808Text.Position("261125113003"));
        var batch = _session.Send(Jt808Text.Frame(0x0704, Phone, 7, body)).Take();
        Assert.Equal([RejectReason.EventTimeInvalid, RejectReason.MalformedFrame], batch.Letters.Select(letter => letter.Reason));
        Assert.Equal(2, batch.Rows.Count(row => row.Readings[0].Metric == "position"));
    }

    [Fact]
    public void Every_prefix_of_a_backlog_gives_its_whole_reports_and_a_dead_letter()
    {
        var body = Jt808Text.Batch(Jt808Text.Position("261125113000"), Jt808Text.Position("261125113001"));
        for (var length = 0; length < body.Length; length++)
        {
            var batch = _session.Send(Jt808Text.Frame(0x0704, Phone, (ushort)length, body[..length])).Take();
            Assert.Equal(RejectReason.MalformedFrame, Assert.Single(batch.Letters).Reason);
            Assert.Equal(length < 33 ? 0 : 1, batch.Rows.Count(row => row.Readings[0].Metric == "position"));
        }
    }

    [Fact]
    public void Parts_in_any_order_make_one_message_and_each_is_answered_once_it_is_whole()
    {
        var parts = Parts(Body(), 3, 100);
        _session.Send(parts[2], parts[0], parts[0]);
        Assert.Empty(_session.Replies());
        Assert.Empty(_session.Take().Rows);
        _session.Send(parts[1]);
        Assert.Equal(["8001 0064070400", "8001 0065070400", "8001 0066070400"], _session.Replies());
        Assert.Equal(10, _session.Take().Rows.Count(row => row.Readings[0].Metric == "position"));
    }

    [Fact]
    public void Parts_of_two_messages_are_not_mixed()
    {
        var (one, two) = (Parts(Body(), 3, 100), Parts(Body(), 3, 200));
        _session.Send(one[0], two[1], one[1], two[2]);
        Assert.Empty(_session.Replies());
        _session.Send(two[0]);
        Assert.Equal(3, _session.Replies().Count);
    }

    [Fact]
    public void Parts_that_stay_alone_are_given_up_after_a_while_and_kept()
    {
        _session.Send(Parts(Body(), 3, 100)[0]);
        _rig.Clock.Wall += SplitMessages.MaxAge + TimeSpan.FromSeconds(1);
        _session.Send(Jt808Text.Frame(0x0002, Phone, 9, []));
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(_session.Take().Letters).Reason);
        Assert.Equal(1, _session.Report.Timeouts);
        _session.Send(Parts(Body(), 3, 100)[1..]);
        Assert.Equal(["8001 0009000200"], _session.Replies());
    }

    [Theory]
    [InlineData(false, "8003 0064020001" + "0003")]
    [InlineData(true, "8003 006400020001" + "0003")]
    public void Parts_that_do_not_come_are_asked_for_and_make_the_message_whole(bool is2019, string request)
    {
        var parts = Parts(Body(), 4, 100, is2019);
        _session.Send(parts[1], parts[3]);
        _rig.Clock.Wall += SplitMessages.AskAfter - TimeSpan.FromMilliseconds(1);
        _session.Send(Beat(9, is2019));
        Assert.Equal(["8001 0009000200"], _session.Replies());
        _rig.Clock.Wall += TimeSpan.FromMilliseconds(1);
        _session.Send(Beat(10, is2019));
        Assert.Equal(["8001 000A000200", request], _session.Replies());
        _session.Send(Beat(11, is2019));
        Assert.Equal(["8001 000B000200"], _session.Replies());

        _session.Send(parts[0], parts[2]);

        Assert.Equal(["8001 0064070400", "8001 0065070400", "8001 0066070400", "8001 0067070400"], _session.Replies());
        Assert.Equal(10, _session.Take().Rows.Count(row => row.Readings[0].Metric == "position"));
    }

    [Fact]
    public void A_part_that_was_asked_for_may_come_under_a_serial_of_its_own()
    {
        var parts = Parts(Body(), 3, 100);
        _session.Send(parts[0], parts[2]);
        _rig.Clock.Wall += SplitMessages.AskAfter;
        _session.Send(Beat(9));
        _session.Replies();

        _session.Send(Parts(Body(), 3, 500)[1]);

        Assert.Equal(["8001 0064070400", "8001 01F5070400", "8001 0066070400"], _session.Replies());
        Assert.Equal(10, _session.Take().Rows.Count(row => row.Readings[0].Metric == "position"));
    }

    [Fact]
    public void Missing_parts_are_asked_for_a_few_times_only()
    {
        _session.Send(Parts(Body(), 3, 100)[0]);
        var asked = 0;
        for (ushort serial = 1; serial < 10; serial++)
        {
            _rig.Clock.Wall += SplitMessages.AskAfter;
            _session.Send(Beat(serial));
            asked += _session.Replies().Count(reply => reply.StartsWith("8003", StringComparison.Ordinal));
        }

        Assert.Equal(SplitMessages.MaxAsks, asked);
    }

    [Fact]
    public void Split_messages_are_bounded_in_number_and_in_parts()
    {
        for (ushort first = 0; first < 10; first++)
        {
            _session.Send(Parts(Body(), 3, (ushort)(first * 10))[0]);
        }

        Assert.Equal(10 - SplitMessages.MaxAtOnce, _session.Take().Letters.Count);
        _session.Send(Jt808Text.Frame(0x0704, Phone, 1, [1], parts: SplitMessages.MaxParts + 1, part: 1));
        Assert.Equal(RejectReason.FrameTooLarge, Assert.Single(_session.Take().Letters).Reason);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 0)]
    [InlineData(3, 4)]
    public void A_part_that_cannot_be_is_malformed(int parts, int part)
    {
        var frame = Jt808Text.Frame(0x0704, Phone, 1, [1], parts: 1, part: 1);
        var plain = frame[1..^2];
        (plain[13], plain[15]) = ((byte)parts, (byte)part);
        _session.Send(Jt808Text.Wrap(plain));
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(_session.Take().Letters).Reason);
    }

    [Fact]
    public void What_is_encrypted_or_unknown_is_kept_and_answered_as_not_supported()
    {
        _session.Send(Jt808Text.Frame(0x0200, Phone, 1, new byte[28], encryption: 1), Jt808Text.Frame(0x0900, Phone, 2, [1, 2]));
        Assert.Equal([RejectReason.NotDecrypted, RejectReason.UnknownMessage], _session.Take().Letters.Select(letter => letter.Reason));
        Assert.Equal(["8001 0001020003", "8001 0002090003"], _session.Replies());
    }

    private static byte[] Body() => Jt808Text.Batch([.. Enumerable.Range(0, 10).Select(second => Jt808Text.Position($"2611251130{second:D2}"))]);

    private static byte[] Beat(ushort serial, bool is2019 = false) => Jt808Text.Frame(0x0002, is2019 ? SessionRig.Phone2019 : Phone, serial, []);

    private static byte[][] Parts(byte[] body, int count, ushort firstSerial, bool is2019 = false) =>
    [
        .. body.Chunk((body.Length + count - 1) / count)
            .Select((chunk, part) => Jt808Text.Frame(0x0704, is2019 ? SessionRig.Phone2019 : Phone, (ushort)(firstSerial + part), chunk, (ushort)count, (ushort)(part + 1))),
    ];
}
