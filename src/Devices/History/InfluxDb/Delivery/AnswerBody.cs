using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// Reads what servers say of lines they refuse. Forms: 1.x <c>{"error":"partial write: unable to parse 'LINE': why dropped=0"}</c>;
/// 2.x <c>{"code":"invalid","message":"…"}</c> with the same words; 3 <c>{"error":…,"data":[{"line_number":2,"original_line":…,"error_message":…}]}</c>,
/// where <c>data</c> is one object when nothing was stored.
/// </summary>
internal static partial class AnswerBody
{
    public static InfluxAnswer Read(InfluxAnswer answer)
    {
        var message = answer.Body;
        List<BadLine> lines = [];
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            message = Message(document.RootElement) ?? answer.Body;
            lines.AddRange(Numbered(document.RootElement));
        }
        catch (JsonException)
        {
            // A proxy, or VictoriaMetrics: the text is what there is.
        }

        foreach (Match match in UnableToParse().Matches(message))
        {
            lines.Add(new BadLine(-1, match.Groups["line"].Value, match.Value));
        }

        var dropped = DroppedCount().Match(message);
        return answer with
        {
            Reason = $"{answer.Reason}: {Short(message)}",
            BadLines = lines,
            IsAboutLines = lines.Count > 0 || dropped.Success || message.Contains("partial write", StringComparison.Ordinal) || message.Contains("unable to parse", StringComparison.Ordinal),
            Dropped = dropped.Success && int.TryParse(dropped.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
        };
    }

    public static string Short(string message)
    {
        const int most = 300;
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= most ? line : line[..most] + "…";
    }

    private static string? Message(JsonElement root)
    {
        foreach (var name in (string[])["error", "message"])
        {
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
            {
                return text.GetString();
            }
        }

        return null;
    }

    private static IEnumerable<BadLine> Numbered(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data))
        {
            return [];
        }

        JsonElement[] items = data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()] : [data];
        return items.Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("line_number", out var number) && number.TryGetInt32(out _))
            .Select(item => new BadLine(item.GetProperty("line_number").GetInt32() - 1, Text(item, "original_line"), Text(item, "error_message")));
    }

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    [GeneratedRegex(@"unable to parse '(?<line>[^\n]*?)': [^\n]*")]
    private static partial Regex UnableToParse();

    [GeneratedRegex(@"dropped=(\d+)")]
    private static partial Regex DroppedCount();
}
