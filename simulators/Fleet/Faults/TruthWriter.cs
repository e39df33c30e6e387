using System.Text.Json;
using Fengsui.Fleet.Payloads;
using Fengsui.Fleet.Transport;

namespace Fengsui.Fleet.Faults;

/// <summary>
/// Writes what was truly injected, one JSON line per fault of each device as far as the run got:
/// <c>{"device":…,"kind":"heat","from":ms,"to":ms,"samples":n}</c>, in true event time, last sample included.
/// </summary>
internal static class TruthWriter
{
    public static void Write(Stream stream, FleetOptions options, FaultPlan faults, DeviceRoster roster, SampleClock clock, IEnumerable<FleetConnection> connections)
    {
        using var json = new Utf8JsonWriter(stream);
        foreach (var batcher in connections.Select(connection => connection.Batcher))
        {
            for (var ordinal = 0; ordinal < batcher.Plan.DeviceCount; ordinal++)
            {
                var device = batcher.Plan.Device(ordinal);
                foreach (var span in faults.Spans(device, SamplesSent(options, batcher, ordinal)))
                {
                    WriteSpan(json, roster, clock, device, span);
                    json.Flush();
                    stream.WriteByte((byte)'\n');
                    json.Reset();
                }
            }
        }
    }

    private static int SamplesSent(FleetOptions options, MessageBatcher batcher, int ordinal)
    {
        var head = batcher.Head;
        var rounds = ordinal / options.DevicesPerMessage < head.Place ? head.Round + 1 : head.Round;
        return rounds * options.SamplesPerMessage;
    }

    private static void WriteSpan(Utf8JsonWriter json, DeviceRoster roster, SampleClock clock, int device, in FaultSpan span)
    {
        json.WriteStartObject();
        json.WriteString("device", roster.Name(device));
        json.WriteString("kind", FaultNames.Of(span.Kind));
        json.WriteNumber("from", clock.EventTimeMs(device, span.From));
        json.WriteNumber("to", clock.EventTimeMs(device, span.To - 1));
        json.WriteNumber("samples", span.To - span.From);
        if (span.Kind == FaultKind.ClockSkew)
        {
            json.WriteNumber("skewMs", span.SkewMs());
        }

        json.WriteEndObject();
    }
}
