using Fengsui.Devices.Records;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Http;

/// <summary>Takes messages of the forms that the configuration gives to topics, as if they had been published to them. Used by one request at a time.</summary>
internal sealed class TopicMessages(SampleIntake intake, PayloadRoutes routes)
{
    private const string NoForm = "no form is configured for this topic";

    private PayloadRoute? _route;
    private IPayloadDecoder _decoder = null!;

    /// <summary>Stages one message.</summary>
    /// <param name="topic">UTF-8.</param>
    /// <param name="tally">Counts what became of it.</param>
    /// <returns>Why it, or a part of it, is refused.</returns>
    public RejectReason Stage(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> body, ref WriteTally tally)
    {
        intake.BeginMessage();
        if (Find(topic) is not { } route)
        {
            var refused = intake.EndMessage(RejectReason.NotMapped, topic, body);
            tally.Fail(1, body, NoForm, refused, isMalformed: false);
            return refused;
        }

        route.Report.Heard(body.Length);
        var before = intake.StagedReadings;
        var fault = _decoder.Decode(topic, body, intake.Rows, intake.Devices);
        if (fault == RejectReason.None && intake.Rows is { Count: 0, Partial: RejectReason.None, IsExpected: false })
        {
            // A message of the form that holds no readings by its nature.
            tally.Stored(RejectReason.None);
            return RejectReason.None;
        }

        var reason = intake.EndMessage(fault, topic, body);
        route.Report.Reject(reason);
        route.Report.Committed(Math.Max(0, intake.StagedReadings - before));
        if (fault == RejectReason.None && (intake.Rows.Count > 0 || reason == RejectReason.None))
        {
            tally.Stored(reason);
        }
        else
        {
            tally.Fail(1, body, reason.Name(), reason, isMalformed: fault != RejectReason.None);
        }

        return reason;
    }

    /// <summary>A route of the configuration that is in force; its decoder is kept while requests go to the same.</summary>
    private PayloadRoute? Find(ReadOnlySpan<byte> topic)
    {
        var route = routes.Find(topic);
        if (route is not null && !ReferenceEquals(route, _route))
        {
            (_route, _decoder) = (route, route.Open());
        }

        return route;
    }
}
