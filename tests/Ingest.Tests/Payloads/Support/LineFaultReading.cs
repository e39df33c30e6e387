using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.LineProtocol;

namespace Fengsui.Ingest.Tests.Payloads.Support;

internal static class LineFaultReading
{
    /// <summary>What is wrong with one line.</summary>
    public static LineFault FaultOf(this LineDecoder decoder, string line, PayloadFixture fixture)
    {
        var rows = new MessageRows(fixture.Intake.Registry, new DecodingOptions());
        rows.Begin(new MessageContext(fixture.Intake.ClockMs, RowFlags.None, 0), new RowStage());
        return decoder.Decode(Encoding.UTF8.GetBytes(line), default, LinePrecision.Nanoseconds, rows, fixture.Intake.Devices);
    }
}
