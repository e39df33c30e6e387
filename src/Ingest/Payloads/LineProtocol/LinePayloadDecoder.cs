using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>A message of lines: each stands for itself, and a broken one does not stop the others.</summary>
internal sealed class LinePayloadDecoder(LineOptions options, int maxNameBytes) : IPayloadDecoder
{
    private readonly LineDecoder _lines = new(options, maxNameBytes);

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        var lines = new LineSplitter(payload);
        while (lines.TryNext(out var line))
        {
            var fault = _lines.Decode(line, topic, options.Precision, rows, devices);
            if (fault == LineFault.TooManyReadings)
            {
                return RejectReason.TooManyReadings;
            }

            if (fault != LineFault.None)
            {
                rows.LeaveOut(fault.Reason());
            }
        }

        return RejectReason.None;
    }
}
