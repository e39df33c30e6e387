using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Api.Hosting;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.History;

/// <summary>Turns rows of an exported CSV file into a JSON message of the telemetry form; columns are found by the header.</summary>
internal sealed class CsvRows
{
    private static readonly string[] Needed = ["device", "metric", "time_ms", "value", "quality"];

    private readonly Dictionary<string, int> _columns;
    private bool _any;

    private CsvRows(Dictionary<string, int> columns) => _columns = columns;

    /// <exception cref="OperatorMistakeException">A column is missing.</exception>
    public static CsvRows Of(string header)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in CsvFields.Split(header))
            columns.TryAdd(name, columns.Count);
        var missing = Needed.Where(name => !columns.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? new CsvRows(columns)
            : throw new OperatorMistakeException($"the file has no column {string.Join(", ", missing)} (expected what 'fengsui history export --format csv' writes, without step)");
    }

    public void Begin(StringBuilder json)
    {
        json.Append('[');
        _any = false;
    }

    public static void End(StringBuilder json) => json.Append(']');

    /// <summary>Letters of all scripts stay as they are: the name of a device is looked up as it stands.</summary>
    private static string Encoded(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    /// <summary>False when the row has no device, metric or time, a quality of another name, or numbers that are none. A bad reading has no value.</summary>
    public bool TryAdd(string line, StringBuilder json)
    {
        var fields = CsvFields.Split(line);
        if (fields.Count < _columns.Count || Field("device").Length == 0 || Field("metric").Length == 0 || !long.TryParse(Field("time_ms"), CultureInfo.InvariantCulture, out var timeMs))
            return false;
        var (quality, metric) = (Field("quality"), Field("metric"));
        if (quality is not ("good" or "uncertain" or "bad"))
            return false;
        var hasValue = quality != "bad";
        if (!(PositionMetric.Is(metric) ? TryPosition(out var values) : TryNumber(out values)))
            return false;
        json.Append(_any ? "," : "").Append("{\"device\":\"").Append(Encoded(Field("device")))
            .Append(CultureInfo.InvariantCulture, $"\",\"ts\":{timeMs},\"quality\":\"{quality}\",\"values\":{values}}}");
        _any = true;
        return true;

        string Field(string name) => _columns.TryGetValue(name, out var column) ? fields[column] : "";

        bool TryNumber(out string text)
        {
            var number = hasValue ? Field("value") : "";
            text = $"{{\"{Encoded(metric)}\":{(number.Length > 0 ? number : "null")}}}";
            return number.Length == 0 || double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        }

        bool TryPosition(out string text)
        {
            var (lat, lon) = hasValue ? (Field("lat"), Field("lon")) : ("", "");
            var place = $"{{\"lat\":{(lat.Length > 0 ? lat : "null")},\"lon\":{(lon.Length > 0 ? lon : "null")}}}";
            var above = metric.LastIndexOf('.');
            text = above < 0 ? place : $"{{\"{Encoded(metric[..above])}\":{place}}}";
            return (lat + lon).Length == 0
                || (double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        }
    }
}
