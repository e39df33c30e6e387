using System.Globalization;
using System.Text;
using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// Line protocol with times in milliseconds: <c>readings,device=tank-1 temperature=21.5 1767225600000</c>. A quality other than
/// good is the tag <c>quality</c>; provenance is in fields. A bad reading, whose value has no form there, is <c>temperature_quality="bad"</c>. A
/// position that is not called so has its name in the tag <c>metric</c>. All of it is read again as it was (<c>POST /write</c>).
/// </summary>
internal sealed class ReadingsAsLines(StringBuilder text) : ReadingsFormat(text)
{
    private string _measurement = "";
    private string _head = "";
    private string _field = "";

    public override string ContentType => "text/plain; charset=utf-8";

    public override void Begin(ReadingsSelection selection)
    {
    }

    public override void Add(in HistoryReading reading, string? source)
    {
        var isBad = reading.Quality == Quality.Bad || (!IsPosition && !double.IsFinite(reading.Value));
        var quality = isBad ? Quality.Bad : reading.Quality;
        Text.Append(_measurement).Append(',').Append(_head).Append(quality == Quality.Good ? "" : ",quality=" + quality.Word()).Append(' ');
        if (isBad)
        {
            Text.Append(_field).Append("_quality=\"bad\"");
        }
        else if (IsPosition)
        {
            var position = GeoPosition.Unpack(reading.Value);
            Text.Append("lat=").Append(Number(position.Latitude, "0")).Append(",lon=").Append(Number(position.Longitude, "0"));
        }
        else
        {
            Text.Append(_field).Append('=').Append(Number(reading.Value, "0"));
        }

        if (source is not null)
        {
            var quoted = source.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            Text.Append(CultureInfo.InvariantCulture, $",source=\"{quoted}\",gateway=\"{JsonParts.GatewayOf(quoted)}\",received_ms={reading.ReceiveTimeMs}i,position={reading.JournalPosition}i");
        }

        Text.Append(CultureInfo.InvariantCulture, $" {reading.EventTimeMs}\n");
    }

    public override void Add(in HistoryStep step)
    {
        if (step.Count == 0)
            return;
        Text.Append("steps,").Append(_head).Append(",metric=").Append(_field)
            .Append(CultureInfo.InvariantCulture, $" count={step.Count}i,unusable={step.Unusable}i");
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)
            [("min", step.Min), ("max", step.Max), ("mean", step.Mean), ("last", step.Last), ("time_weighted_mean", step.TimeWeightedMean)])
        {
            if (double.IsFinite(value))
                Text.Append(',').Append(name).Append('=').Append(Number(value, "0"));
        }

        Text.Append(CultureInfo.InvariantCulture, $" {step.StartMs}\n");
    }

    protected override void OnSeries()
    {
        _field = Escaped(Metric);
        _head = "device=" + Escaped(Device) + (IsPosition && Metric != PositionMetric.Name ? ",metric=" + _field : "");

        // A field of that name goes by its measurement where it is read.
        _measurement = Metric == "value" ? Metric : "readings";
    }

    private static string Escaped(string name) => name
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal)
        .Replace(" ", "\\ ", StringComparison.Ordinal);
}
