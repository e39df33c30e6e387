using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Reads a data directory's alert log as an outsider would: JSON, a tab and a digest a line.</summary>
internal static class AlertLogFile
{
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "alerts", "alerts.jsonl");

    /// <summary>All of its files, one after the other.</summary>
    public static byte[] Bytes(string dataDirectory)
    {
        var all = new MemoryStream();
        foreach (var path in Directory.GetFiles(Path.Combine(dataDirectory, "alerts"), "alerts.jsonl*").Order(StringComparer.Ordinal))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.CopyTo(all);
        }

        return all.ToArray();
    }

    public static IReadOnlyList<AlertStep> Read(string dataDirectory)
    {
        using var text = new StreamReader(new MemoryStream(Bytes(dataDirectory)));
        var steps = new List<AlertStep>();
        while (text.ReadLine() is { } line)
        {
            steps.Add(Parse(line[..line.LastIndexOf('\t')]));
        }

        return steps;
    }

    /// <summary>In an order that does not depend on which device's message was received first.</summary>
    public static IReadOnlyList<AlertStep> ReadSorted(string dataDirectory) =>
        [.. Read(dataDirectory).OrderBy(step => step.Alert, StringComparer.Ordinal).ThenBy(step => step.Sequence).ThenBy(step => step.TimeMs)];

    public static AlertStep Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new AlertStep(
            root.GetProperty("alert").GetString()!,
            root.GetProperty("sequence").GetInt32(),
            root.GetProperty("state").GetString()!,
            root.GetProperty("tier").GetString()!,
            root.GetProperty("rule").GetString()!,
            root.GetProperty("device").GetString()!,
            root.GetProperty("time_ms").GetInt64(),
            root.GetProperty("start_ms").GetInt64(),
            root.GetProperty("values").GetRawText());
    }
}
