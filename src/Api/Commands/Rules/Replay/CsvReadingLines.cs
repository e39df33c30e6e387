using System.Globalization;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Replay;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>
/// CSV with the columns <c>time</c>, <c>device</c>, <c>metric</c>, <c>value</c> and perhaps <c>quality</c>, in any order, named in
/// the first line. Lines of one device and one time that follow each other are one message.
/// </summary>
internal sealed class CsvReadingLines(Sandbox sandbox) : IReadingLines
{
    private static readonly string[] Needed = ["time", "device", "metric", "value"];

    private readonly List<(string Metric, double Value, Quality Quality)> _row = [];
    private string[]? _columns;
    private string _device = "";
    private long _timeMs;
    private long _clockMs = long.MinValue;

    public string? Take(string line, Action<long> before)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        var fields = CsvFields.Split(line);
        if (_columns is null)
        {
            _columns = [.. fields.Select(field => field.Trim().ToLowerInvariant())];
            var missing = Needed.Where(name => !_columns.Contains(name)).ToArray();
            return missing.Length == 0 ? null : $"the first line must name the columns time, device, metric, value and perhaps quality; missing: {string.Join(", ", missing)}";
        }

        return fields.Count == _columns.Length ? Read(fields, before) : $"{fields.Count} fields where the first line has {_columns.Length}";
    }

    public void Finish(Action<long> before)
    {
        if (_row.Count > 0)
        {
            _clockMs = Math.Max(_clockMs, _timeMs);
            before(_clockMs);
            sandbox.Row(_device, _timeMs, _clockMs, _row);
            _row.Clear();
        }
    }

    private string? Read(List<string> fields, Action<long> before)
    {
        var (time, device, metric, value) = (Field(fields, "time"), Field(fields, "device"), Field(fields, "metric"), Field(fields, "value"));
        if (!QueryTime.TryParse(time, out var timeMs))
        {
            return $"'{time}' is not {QueryTime.Expected}";
        }

        if (device.Length == 0 || metric.Length == 0)
        {
            return "device and metric must not be empty";
        }

        if (!TryNumber(value, out var number))
        {
            return $"'{value}' is not a number";
        }

        if (!TryQuality(Field(fields, "quality"), out var quality))
        {
            return $"'{Field(fields, "quality")}' is not one of good, uncertain, bad";
        }

        if (device != _device || timeMs != _timeMs || _row.Exists(one => one.Metric == metric))
        {
            Finish(before);
        }

        (_device, _timeMs) = (device, timeMs);
        _row.Add((metric, number, quality));
        return null;
    }

    private string Field(List<string> fields, string name) => Array.IndexOf(_columns!, name) is >= 0 and var index ? fields[index].Trim() : "";

    /// <summary>No value is a value that is unknown.</summary>
    private static bool TryNumber(string text, out double number)
    {
        number = double.NaN;
        return text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryQuality(string text, out Quality quality)
    {
        quality = text switch
        {
            "bad" => Quality.Bad,
            "uncertain" => Quality.Uncertain,
            _ => Quality.Good,
        };
        return text is "" or "good" or "uncertain" or "bad";
    }
}
