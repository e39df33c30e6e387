using System.Text;
using Fengsui.Ingest.Payloads.LineProtocol;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Ingest.Http;

/// <summary>Takes again what came over HTTP: a line, a JSON object, or a message of a topic, by what it was filed under.</summary>
internal sealed class HttpSecondTaker(SourceContext context) : ISecondTaker
{
    public ValueTask<string> TakeAsync(SecondLetter letter, SampleIntake intake, SourceConnection report, CancellationToken cancellation)
    {
        if (HttpAbout.ReadLines(letter.About) is { } lines)
        {
            TakeLines(letter.Bytes.Span, LinePrecisions.TryParse(lines.Precision, out var precision) && lines.Precision is not null ? precision : context.HttpWrites.Options.Lines.Precision, intake);
        }
        else if (HttpAbout.ReadJson(letter.About) is { } json)
        {
            TakeJson(letter.Bytes.Span, json.Device, Encoding.UTF8.GetBytes(letter.About), intake);
        }
        else
        {
            var tally = default(WriteTally);
            _ = new TopicMessages(intake, context.Payloads).Stage(Encoding.UTF8.GetBytes(letter.About), letter.Bytes.Span, ref tally);
        }

        return ValueTask.FromResult("");
    }

    private void TakeLines(ReadOnlySpan<byte> bytes, LinePrecision precision, SampleIntake intake)
    {
        var decoder = new LineDecoder(context.HttpWrites.Options.Lines, context.MaxNameBytes);
        var lines = new LineSplitter(bytes) { NextNumber = 1 };
        while (lines.TryNext(out var line))
        {
            intake.BeginMessage();
            var fault = decoder.Decode(line, default, precision, intake.Rows, intake.Devices);
            if (fault != LineFault.None || intake.Rows is not { Count: 0, Partial: Fengsui.Devices.Records.RejectReason.None, IsExpected: false })
            {
                intake.EndMessage(fault.Reason(), default, line);
            }
        }
    }

    private static void TakeJson(ReadOnlySpan<byte> bytes, string? device, ReadOnlySpan<byte> about, SampleIntake intake)
    {
        var messages = new TelemetryObjects(bytes, device is null ? null : Encoding.UTF8.GetBytes(device));
        while (messages.TryNext(out var json, out var name, out var fault))
        {
            intake.AddJson(json, name, fault, about, out _);
        }
    }
}
