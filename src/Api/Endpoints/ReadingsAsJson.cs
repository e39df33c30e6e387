using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.Embedded;

namespace Fengsui.Api.Endpoints;

/// <summary><c>{"series":[{"device","metric","readings":[…]}]}</c>, or <c>steps</c>; items as those of one device.</summary>
internal sealed class ReadingsAsJson(StringBuilder text) : ReadingsFormat(text)
{
    private string _items = "";
    private bool _hasSeries;
    private bool _hasItem;

    public override string ContentType => Json.ContentType;

    public override void Begin(ReadingsSelection selection)
    {
        _items = selection.StepMs is null ? "readings" : "steps";
        Text.Append('{').Append(CultureInfo.InvariantCulture, $"\"from_ms\":{selection.FromMs},\"to_ms\":{selection.ToMs},");
        if (selection.StepMs is { } step)
            Text.Append(CultureInfo.InvariantCulture, $"\"step_ms\":{step},");
        Text.Append("\"series\":[");
    }

    public override void Add(in HistoryReading reading, string? source)
    {
        BeginItem(reading.EventTimeMs);
        if (IsPosition && reading.Quality == Fengsui.Rules.Model.Quality.Bad)
        {
            Text.Append("\"value\":null");
        }
        else if (IsPosition)
        {
            var position = Fengsui.Rules.Model.GeoPosition.Unpack(reading.Value);
            Text.Append("\"value\":{\"lat\":").Append(Number(position.Latitude, "null")).Append(",\"lon\":").Append(Number(position.Longitude, "null")).Append('}');
        }
        else
        {
            Text.Append("\"value\":").Append(Number(reading.Value, "null"));
        }

        Text.Append(",\"quality\":\"").Append(reading.Quality.Word()).Append('"');
        if (source is not null)
        {
            Text.Append(",\"source\":\"").Append(Escaped(source)).Append("\",\"gateway\":\"").Append(Escaped(JsonParts.GatewayOf(source)))
                .Append(CultureInfo.InvariantCulture, $"\",\"received_ms\":{reading.ReceiveTimeMs},\"position\":{reading.JournalPosition}");
        }

        Text.Append('}');
    }

    public override void Add(in HistoryStep step)
    {
        BeginItem(step.StartMs);
        Text.Append(CultureInfo.InvariantCulture, $"\"count\":{step.Count},\"unusable\":{step.Unusable}")
            .Append(",\"min\":").Append(Number(step.Min, "null")).Append(",\"max\":").Append(Number(step.Max, "null"))
            .Append(",\"mean\":").Append(Number(step.Mean, "null")).Append(",\"last\":").Append(Number(step.Last, "null"))
            .Append(",\"time_weighted_mean\":").Append(Number(step.TimeWeightedMean, "null")).Append('}');
    }

    public override void EndSeries() => Text.Append("]}");

    public override void End() => Text.Append("]}");

    protected override void OnSeries()
    {
        Text.Append(_hasSeries ? "," : "").Append("{\"device\":\"").Append(Escaped(Device)).Append("\",\"metric\":\"").Append(Escaped(Metric))
            .Append("\",\"").Append(_items).Append("\":[");
        (_hasSeries, _hasItem) = (true, false);
    }

    private void BeginItem(long timeMs)
    {
        Text.Append(_hasItem ? "," : "").Append("{\"time\":\"").Append(AlertJson.Time(timeMs)).Append(CultureInfo.InvariantCulture, $"\",\"time_ms\":{timeMs},");
        _hasItem = true;
    }

    private static string Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
