using Fengsui.Devices.Records;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>Takes again what a station said: a whole packet, or its data. Its password is not kept, so whoever tries it again vouches for the station.</summary>
internal sealed class StationSecondTaker(StationOptions options) : ISecondTaker
{
    public ValueTask<string> TakeAsync(SecondLetter letter, SampleIntake intake, SourceConnection report, CancellationToken cancellation)
    {
        if (letter.Reason == RejectReason.NotAuthenticated.Name() && !letter.IsMended)
        {
            return ValueTask.FromResult("its station had not shown who it is (not-authenticated), and its password is not kept");
        }

        var session = new StationSession(options, intake, report) { IsVouchedFor = true };
        var bytes = letter.Bytes.Span;
        if (!bytes.StartsWith("##"u8))
        {
            session.Take(bytes);
            return ValueTask.FromResult("");
        }

        _ = Hj212Framing.Read(bytes, out var data, out var fault);
        if (data.IsEmpty)
        {
            session.Refuse(fault == RejectReason.None ? RejectReason.MalformedFrame : fault, bytes);
        }
        else
        {
            session.Take(data);
        }

        return ValueTask.FromResult("");
    }
}
