using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Admission;

namespace Fengsui.Ingest.Tests.Payloads;

public sealed class PayloadRouteTests
{
    private readonly IntakeFixture _intake = new();
    private readonly SourceConnection _report = new SourceBook(TimeProvider.System).Add("toy", "one", "");

    [Fact]
    public void A_routed_topic_is_read_by_its_form()
    {
        _intake.Payloads.Add([Route("toys/#")]);

        Assert.Equal(IntakeVerdict.Staged, _intake.Send("7", "toys/a"));
        Assert.Single(_intake.Take().Rows);
        Assert.Equal((1, 1), (_report.FramesIn, _report.Readings));
    }

    [Fact]
    public void A_refused_message_is_a_dead_letter_with_its_bytes_and_counted()
    {
        _intake.Payloads.Add([Route("toys/#")]);

        Assert.Equal(IntakeVerdict.DeadLettered, _intake.Send("x", "toys/a"));
        var batch = _intake.Take();
        Assert.Empty(batch.Rows);
        Assert.Single(batch.Letters);
        Assert.Equal(1, _report.Rejected(RejectReason.MalformedFrame));
    }

    [Fact]
    public void A_message_that_need_not_hold_readings_is_an_ordinary_one()
    {
        _intake.Payloads.Add([Route("toys/#")]);

        Assert.Equal(IntakeVerdict.NotTelemetry, _intake.Send("-", "toys/a"));
        Assert.Empty(_intake.Take().Letters);
    }

    [Fact]
    public void Routes_that_come_and_go_reach_open_connections()
    {
        PayloadRoute[] routes = [Route("toys/#")];
        Assert.Equal(IntakeVerdict.NotTelemetry, _intake.Send("7", "toys/a"));
        _intake.Payloads.Add(routes);
        Assert.Equal(IntakeVerdict.Staged, _intake.Send("7", "toys/a"));
        _intake.Payloads.Remove(routes);
        Assert.Equal(IntakeVerdict.NotTelemetry, _intake.Send("7", "toys/a"));
    }

    [Fact]
    public void The_most_exact_filter_has_a_topic_whichever_came_first()
    {
        string[] filters = ["#", "a/#", "+/b/c", "a/+/c", "a/b/#", "a/b/+", "a/b/c"];
        foreach (var order in new[] { filters, [.. filters.Reverse()] })
        {
            var routes = new PayloadRoutes();
            foreach (var filter in order)
            {
                routes.Add([Route(filter)]);
            }

            Assert.Equal("a/b/c", routes.Find("a/b/c"u8)!.Pattern.Text);
            Assert.Equal("a/b/+", routes.Find("a/b/d"u8)!.Pattern.Text);
            Assert.Equal("a/b/#", routes.Find("a/b"u8)!.Pattern.Text);
            Assert.Equal("a/+/c", routes.Find("a/x/c"u8)!.Pattern.Text);
            Assert.Equal("a/#", routes.Find("a"u8)!.Pattern.Text);
            Assert.Equal("+/b/c", routes.Find("x/b/c"u8)!.Pattern.Text);
            Assert.Equal("#", routes.Find("x/y"u8)!.Pattern.Text);
        }
    }

    [Fact]
    public void Our_own_topics_cannot_be_taken_over()
    {
        _intake.Payloads.Add([Route("#")]);

        Assert.Equal("d1: temperature=1", _intake.Rows("""{"temperature":1}""").Split('@')[0].Trim());
    }

    private PayloadRoute Route(string filter) =>
        new(TopicPattern.TryParse(filter, out var pattern) ? pattern! : throw new ArgumentException(filter), () => new Digits(), _report);

    private sealed class Digits : IPayloadDecoder
    {
        public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
        {
            if (payload.SequenceEqual("-"u8))
            {
                rows.ExpectNothing();
                return RejectReason.None;
            }

            if (payload is not [>= (byte)'0' and <= (byte)'9'])
            {
                return RejectReason.MalformedFrame;
            }

            rows.Device = devices.Resolve("toy"u8, out _)!;
            rows.Add("digit"u8, payload[0] - (byte)'0');
            rows.EndRow();
            return RejectReason.None;
        }
    }
}
