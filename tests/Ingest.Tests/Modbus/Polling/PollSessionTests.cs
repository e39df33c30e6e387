using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Tests.Modbus.Registers;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

public sealed class PollSessionTests
{
    private static readonly RegisterMap OneRegister = Points.Map(Points.At(0, periodMs: 100));

    [Fact]
    public void Schedule_is_absolute_and_does_not_drift()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var random = new Random(7);
        poll.NextRequest();
        var first = poll.NowMs;
        poll.Hear(poll.Answer(new SentRequest(1, 1, 3, 0, 1)));
        for (var i = 1; i <= 10_000; i++)
        {
            var request = poll.NextRequest();
            Assert.Equal(first + (i * 100), poll.NowMs, 3);
            poll.NowMs += random.NextDouble() * 90;
            poll.Hear(poll.Answer(request));
        }

        Assert.Equal(0, poll.Report.Overruns);
    }

    [Fact]
    public void Poll_that_is_still_waiting_when_it_is_due_again_is_left_out_and_counted()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var request = poll.NextRequest();
        var first = poll.NowMs;
        poll.NowMs += 350;
        poll.Hear(poll.Answer(request));
        poll.NextRequest();
        Assert.Equal(first + 400, poll.NowMs, 3);
        Assert.Equal(3, poll.Report.Overruns);
    }

    [Fact]
    public void No_more_requests_are_in_flight_than_allowed()
    {
        var units = Enumerable.Range(1, 40).Select(unit => ((byte)unit, OneRegister)).ToArray();
        var poll = new PollFixture(new PollOptions { MaxInFlight = 4 }, units: units);
        var sent = poll.At(500);
        Assert.Equal(4, sent.Count);
        poll.Hear(poll.Answer(sent[2]));
        Assert.InRange(poll.NextMs, 0, 500);
        Assert.Single(poll.At(501));
    }

    [Fact]
    public void Line_is_silent_for_the_pause_between_an_answer_and_the_next_request()
    {
        var poll = new PollFixture(new PollOptions { Pause = TimeSpan.FromMilliseconds(4) }, serial: true, (1, OneRegister), (2, OneRegister));
        var request = poll.At(500).Single();
        poll.NowMs = 503;
        poll.Hear(poll.Answer(request));
        Assert.Equal(507, poll.NextMs, 3);
        Assert.Empty(poll.At(506.9));
        Assert.Single(poll.At(507));
    }

    [Fact]
    public void Load_of_many_units_is_spread_over_the_period()
    {
        var units = Enumerable.Range(1, 50).Select(unit => ((byte)unit, OneRegister)).ToArray();
        var poll = new PollFixture(new PollOptions { MaxInFlight = 64 }, units: units);
        var perSlice = Enumerable.Range(1, 10).Select(slice => poll.At(slice * 10).Count).ToList();
        Assert.Equal(50, perSlice.Sum());
        Assert.All(perSlice, count => Assert.InRange(count, 3, 7));
    }

    [Fact]
    public void Request_is_repeated_before_its_values_are_bad()
    {
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 2 }, units: (1, OneRegister));
        poll.NextRequest();
        poll.NextRequest();
        poll.NextRequest();
        Assert.Equal("", poll.Outcome.Take());
        poll.At(poll.NowMs + 50);
        Assert.Equal("1@0: no answer in time", poll.Outcome.Take());
        Assert.Equal(3, poll.Report.Timeouts);
    }

    [Fact]
    public void Silent_unit_makes_all_its_values_bad_and_is_probed_with_one_request()
    {
        var map = Points.Map(Points.At(0, periodMs: 100), Points.At(100, periodMs: 100));
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0, MaxInFlight = 4 }, units: (1, map));
        poll.At(100);
        poll.At(150);
        Assert.Contains("the unit does not answer", poll.Outcome.Take(), StringComparison.Ordinal);
        var probe = poll.NextRequest();
        Assert.InRange(poll.NowMs, 1_150, 1_400);
        Assert.Empty(poll.At(poll.NowMs + 40));
        poll.Hear(poll.Answer(probe));
        Assert.Equal($"1@{probe.Address}=000A", poll.Outcome.Take());
        Assert.NotEmpty(poll.NextSent());
        Assert.False(poll.Units[0].IsResting);
    }

    [Theory]
    [InlineData(1, "illegal function")]
    [InlineData(4, "device failure")]
    [InlineData(8, "memory parity error")]
    [InlineData(99, "unknown exception")]
    public void Exception_makes_values_bad_and_the_next_poll_is_on_time(byte code, string name)
    {
        var poll = new PollFixture(units: (1, OneRegister));
        var request = poll.NextRequest();
        var asked = poll.NowMs;
        poll.Hear(poll.Exception(request, code));
        Assert.Equal($"1@0: {name} (exception {code})", poll.Outcome.Take());
        poll.NextRequest();
        Assert.Equal(asked + 100, poll.NowMs, 3);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void Unit_that_the_gateway_cannot_reach_rests(byte code)
    {
        var poll = new PollFixture(new PollOptions { Retries = 0 }, units: (1, OneRegister));
        poll.Hear(poll.Exception(poll.NextRequest(), code));
        Assert.Contains($"(exception {code})", poll.Outcome.Take(), StringComparison.Ordinal);
        Assert.True(poll.Units[0].IsResting);
        var before = poll.NowMs;
        poll.NextRequest();
        Assert.InRange(poll.NowMs - before, 1_000, 1_100);
    }

    [Fact]
    public void Address_that_does_not_exist_costs_its_neighbours_nothing()
    {
        var map = Points.Map([.. Enumerable.Range(0, 8).Select(address => Points.At(address, periodMs: 100))]);
        var poll = new PollFixture(units: (1, map));
        var good = new SortedSet<int>();
        while (poll.NowMs < 1_000)
        {
            foreach (var request in poll.NextSent())
            {
                var isBad = request.Address <= 5 && request.Address + request.Count > 5;
                poll.Hear(isBad ? poll.Exception(request, 2) : poll.Answer(request));
                good.UnionWith(isBad ? [] : Enumerable.Range(request.Address, request.Count));
            }
        }

        Assert.Equal([0, 1, 2, 3, 4, 6, 7], good);
        var outcome = poll.Outcome.Take();
        Assert.Contains("1@5: illegal data address (exception 2)", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("1@4:", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("1@0:", outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void Peer_from_which_nothing_is_heard_any_more_is_dialled_again()
    {
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 5 }, units: (1, OneRegister));
        poll.Hear(poll.Answer(poll.NextRequest()));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(poll.Session.Fault);
            poll.NextRequest();
        }

        poll.At(poll.NowMs + 50);
        Assert.Equal("nothing answers", poll.Session.Fault);
    }

    [Fact]
    public void Peer_all_of_whose_units_rest_is_dialled_again()
    {
        var poll = new PollFixture(new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0 }, units: (1, OneRegister));
        poll.Hear(poll.Answer(poll.NextRequest()));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(poll.Session.Fault);
            poll.NextRequest();
            poll.At(poll.NowMs + 50);
        }

        Assert.Equal("nothing answers", poll.Session.Fault);
    }

    [Fact]
    public void Probes_of_silent_units_do_not_cost_the_connection_of_one_that_is_asked_seldom()
    {
        var seldom = Points.Map(Points.At(0, periodMs: 60_000));
        var options = new PollOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0, MaxBackoff = TimeSpan.FromSeconds(1) };
        var poll = new PollFixture(options, units: [(1, seldom), (2, OneRegister), (3, OneRegister)]);
        var answered = 0;
        while (poll.NowMs < 200_000)
        {
            foreach (var request in poll.NextSent().Where(request => request.Unit == 1))
            {
                poll.Hear(poll.Answer(request));
                answered++;
            }

            Assert.Null(poll.Session.Fault);
        }

        Assert.InRange(answered, 3, 4);
        Assert.DoesNotContain("1@0:", poll.Outcome.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_connection_makes_every_value_bad()
    {
        var poll = new PollFixture(units: [(1, OneRegister), (2, OneRegister)]);
        poll.Session.Lost();
        Assert.Equal("1@0: there is no connection; 2@0: there is no connection", poll.Outcome.Take());
    }

    [Fact]
    public void What_was_due_without_a_connection_is_polled_once_and_not_counted_as_left_out()
    {
        var poll = new PollFixture(units: (1, OneRegister));
        poll.Hear(poll.Answer(poll.NextRequest()));
        poll.Reconnect();
        var request = poll.At(60_000).Single();
        poll.Hear(poll.Answer(request));
        Assert.Equal(0, poll.Report.Overruns);
        Assert.Empty(poll.At(60_000));
    }
}
