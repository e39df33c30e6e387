using Fengsui.Devices.Records;
using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Tests.Modbus.Codec;
using Fengsui.Ingest.Tests.Modbus.Registers;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

/// <summary>Point 11 of the hostile world: an answer is taken for the request that it answers, and for no other.</summary>
public sealed class Point11Tests
{
    private static readonly RegisterMap OneRegister = Points.Map(Points.At(0, periodMs: 100));
    private static readonly RegisterMap TwoTables = Points.Map(Points.At(0, periodMs: 100), Points.At(100, periodMs: 100));

    [Fact]
    public void Late_answer_is_not_taken_for_that_to_the_next_request()
    {
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0, Backoff = TimeSpan.FromMilliseconds(100) }, units: (1, OneRegister));
        var first = poll.NextRequest();
        var second = poll.NextRequest();
        Assert.Equal("1@0: no answer in time", poll.Outcome.Take());
        Assert.NotEqual(first.Transaction, second.Transaction);
        poll.Hear(poll.Answer(first, 111));
        Assert.Equal("", poll.Outcome.Take());
        Assert.Equal(1, poll.Report.Rejected(RejectReason.UnknownMessage));
        poll.Hear(poll.Answer(second, 222));
        Assert.Equal("1@0=00DE", poll.Outcome.Take());
        Assert.Null(poll.Session.Fault);
    }

    [Fact]
    public void Late_answer_is_not_taken_for_that_to_a_repetition()
    {
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 1 }, units: (1, OneRegister));
        var first = poll.NextRequest();
        var again = poll.NextRequest();
        poll.Hear([.. poll.Answer(first, 111), .. poll.Answer(again, 222)]);
        Assert.Equal("1@0=00DE", poll.Outcome.Take());
    }

    [Fact]
    public void Answers_in_another_order_go_each_to_its_request()
    {
        var poll = new PollFixture(new PollOptions { MaxInFlight = 2 }, units: (1, TwoTables));
        var requests = new List<SentRequest> { poll.NextRequest() };
        requests.Add(poll.NextRequest());
        poll.Hear([.. poll.Answer(requests[1], 2), .. poll.Answer(requests[0], 1)]);
        Assert.Equal($"1@{requests[1].Address}=0002; 1@{requests[0].Address}=0001", poll.Outcome.Take());
    }

    [Theory]
    [InlineData("another unit", 2, 3, 2)]
    [InlineData("another function", 1, 4, 2)]
    [InlineData("another length", 1, 3, 4)]
    public void Mismatched_answer_is_never_published_and_ends_the_connection(string what, byte unit, byte function, byte bytes)
    {
        Assert.NotEmpty(what);
        foreach (var serial in (bool[])[false, true])
        {
            var poll = new PollFixture(serial: serial, units: (1, OneRegister));
            var request = poll.NextRequest();
            poll.Hear(AnswerSamples.Framed(serial, request.Transaction, unit, [function, bytes, .. new byte[bytes]]));
            Assert.Equal("malformed-frame", poll.Outcome.Take());
            Assert.NotNull(poll.Session.Fault);
            poll.Hear(poll.Answer(request));
            Assert.Empty(poll.At(poll.NowMs + 10_000));
            Assert.DoesNotContain("=", poll.Outcome.Take());
        }
    }

    [Fact]
    public void Byte_count_that_is_not_that_of_the_frame_is_a_mismatch()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var request = poll.NextRequest();
        poll.Hear(AnswerSamples.Tcp(request.Transaction, 1, 3, 4, 0, 1));
        Assert.Equal("malformed-frame", poll.Outcome.Take());
        Assert.NotNull(poll.Session.Fault);
    }

    [Fact]
    public void After_a_desync_the_request_is_sent_again_over_the_next_connection()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        poll.NextRequest();
        poll.Hear(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        Assert.Equal("malformed-frame", poll.Outcome.Take());
        poll.Reconnect();
        var again = poll.At(poll.NowMs).Single();
        Assert.Equal(1, poll.Units[0].Tasks[0].Attempts);
        Assert.Equal((1, 0), (again.Unit, again.Address));
    }

    [Fact]
    public void Gateway_that_echoes_no_transaction_id_is_served_one_at_a_time()
    {
        var poll = new PollFixture(new PollOptions { MatchesTransactions = false }, units: [(1, OneRegister), (2, OneRegister)]);
        var request = poll.NextRequest();
        poll.Hear(poll.Answer(request with { Transaction = 0 }, 7));
        Assert.Equal($"{request.Unit}@0=0007", poll.Outcome.Take());
        var other = poll.NextRequest();
        Assert.NotEqual(request.Unit, other.Unit);
        Assert.Empty(poll.At(poll.NowMs + 200));
        poll.Hear(poll.Answer(other with { Transaction = 0 }, 8));
        Assert.Equal($"{other.Unit}@0=0008", poll.Outcome.Take());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_answers_do_not_name_their_request_a_time_out_ends_the_connection(bool serial)
    {
        var poll = new PollFixture(new PollOptions { MatchesTransactions = false, Timeout = TimeSpan.FromMilliseconds(50) }, serial, (1, OneRegister));
        var request = poll.NextRequest();
        Assert.Empty(poll.At(poll.NowMs + 50));
        Assert.NotNull(poll.Session.Fault);
        poll.Hear(poll.Answer(request));
        Assert.Equal("", poll.Outcome.Take());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_answers_do_not_name_their_request_one_that_nobody_waits_for_ends_the_connection(bool serial)
    {
        var poll = new PollFixture(new PollOptions { MatchesTransactions = false }, serial, (1, OneRegister));
        var request = poll.NextRequest();
        poll.Hear([.. poll.Answer(request, 1), .. poll.Answer(request, 2)]);
        Assert.Equal("1@0=0001; unknown-message", poll.Outcome.Take());
        Assert.NotNull(poll.Session.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answer_that_comes_byte_by_byte_is_one_answer(bool serial)
    {
        var poll = new PollFixture(serial: serial, units: (1, OneRegister));
        foreach (var one in poll.Answer(poll.NextRequest(), 0x1234))
        {
            Assert.Equal("", poll.Outcome.Take());
            poll.Hear(one);
        }

        Assert.Equal("1@0=1234", poll.Outcome.Take());
    }

    [Fact]
    public void Two_answers_in_one_segment_are_two()
    {
        var poll = new PollFixture(new PollOptions { MaxInFlight = 2 }, units: (1, TwoTables));
        var (one, two) = (poll.NextRequest(), poll.NextRequest());
        poll.Hear([.. poll.Answer(one, 1), .. poll.Answer(two, 2)]);
        Assert.Equal($"1@{one.Address}=0001; 1@{two.Address}=0002", poll.Outcome.Take());
    }

    [Fact]
    public void Two_answers_are_the_same_two_wherever_the_bytes_are_split()
    {
        for (var split = 0; split <= 22; split++)
        {
            var poll = new PollFixture(new PollOptions { MaxInFlight = 2 }, units: (1, TwoTables));
            var (one, two) = (poll.NextRequest(), poll.NextRequest());
            byte[] bytes = [.. poll.Answer(one, 1), .. poll.Answer(two, 2)];
            Assert.Equal(22, bytes.Length);
            poll.Hear(bytes[..split]);
            poll.Hear(bytes[split..]);
            Assert.Equal($"1@{one.Address}=0001; 1@{two.Address}=0002", poll.Outcome.Take());
        }
    }

    [Fact]
    public void Same_answer_twice_counts_once()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var request = poll.NextRequest();
        poll.Hear([.. poll.Answer(request, 1), .. poll.Answer(request, 1)]);
        Assert.Equal("1@0=0001", poll.Outcome.Take());
        Assert.Equal(1, poll.Report.Rejected(RejectReason.UnknownMessage));
    }

    [Fact]
    public void Busy_device_is_asked_again_a_little_later()
    {
        var poll = new PollFixture(new PollOptions { BusyDelay = TimeSpan.FromMilliseconds(20) }, units: (1, OneRegister));
        var request = poll.NextRequest();
        var asked = poll.NowMs;
        poll.Hear(poll.Exception(request, 6));
        Assert.Equal("", poll.Outcome.Take());
        var again = poll.NextRequest();
        Assert.Equal(asked + 20, poll.NowMs, 3);
        poll.Hear(poll.Answer(again, 5));
        Assert.Equal("1@0=0005", poll.Outcome.Take());
    }

    [Fact]
    public void Device_that_stays_busy_has_no_value()
    {
        var poll = new PollFixture(new PollOptions { Retries = 1 }, units: (1, OneRegister));
        poll.Hear(poll.Exception(poll.NextRequest(), 6));
        poll.Hear(poll.Exception(poll.NextRequest(), 6));
        Assert.Equal("1@0: device busy (exception 6)", poll.Outcome.Take());
        Assert.Equal(2, poll.Report.Exceptions);
    }

    [Fact]
    public void Unit_that_stays_silent_does_not_hold_up_the_others()
    {
        var options = new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0, Backoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(4) };
        var poll = new PollFixture(options, units: [(1, OneRegister), (2, OneRegister)]);
        var asked = new Dictionary<byte, int> { [1] = 0, [2] = 0 };
        while (poll.NowMs < 20_000)
        {
            foreach (var request in poll.NextSent())
            {
                asked[request.Unit]++;
                if (request.Unit == 1)
                {
                    poll.NowMs += 5;
                    poll.Hear(poll.Answer(request));
                }
            }
        }

        // Silent at 0, 1, 3, 7, 11, 15 and 19 s, each for 50 ms: of 200 polls of the other, at most one is lost each time.
        Assert.InRange(asked[2], 5, 8);
        Assert.InRange(asked[1], 190, 201);
        Assert.Contains("2@0: no answer in time", poll.Outcome.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Flood_of_answers_that_nobody_asked_for_ends_the_connection()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var request = poll.NextRequest();
        for (var i = 0; i < 65; i++)
        {
            poll.Hear(poll.Answer(request with { Transaction = (ushort)(request.Transaction + 1 + i) }));
        }

        Assert.NotNull(poll.Session.Fault);
        Assert.DoesNotContain("=", poll.Outcome.Take(), StringComparison.Ordinal);
    }
}
