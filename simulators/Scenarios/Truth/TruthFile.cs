using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Scenarios.Truth;

/// <summary>
/// <c>truth.jsonl</c>: an object a line. The first, of kind <c>run</c>, says what was run; then come <c>episode</c> and <c>quiet</c>. Times are ms since 1970 UTC.
/// </summary>
public static class TruthFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(TruthRecord truth)
    {
        var text = new StringBuilder();
        Line(text, json => WriteRun(json, truth));
        foreach (var episode in truth.Episodes)
        {
            Line(text, json => WriteEpisode(json, episode));
        }

        foreach (var quiet in truth.Quiet)
        {
            Line(text, json => WriteQuiet(json, quiet));
        }

        return text.ToString();
    }

    /// <exception cref="InvalidDataException">A line is not what it should be; the message names it.</exception>
    public static TruthRecord Read(IEnumerable<string> lines)
    {
        TruthRecord? run = null;
        var episodes = new List<TruthEpisode>();
        var quiet = new List<QuietWhile>();
        foreach (var (number, line) in lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var json = document.RootElement;
                switch (Text(json, "kind"))
                {
                    case "run":
                        run = ReadRun(json);
                        break;
                    case "episode":
                        episodes.Add(ReadEpisode(json));
                        break;
                    case "quiet":
                        quiet.Add(new QuietWhile(Text(json, "rule"), Text(json, "subject"), Long(json, "from_ms"), Long(json, "until_ms"), Text(json, "because")));
                        break;
                    case var kind:
                        throw new InvalidDataException($"line {number + 1}: '{kind}' is no kind of truth: run, episode or quiet");
                }
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"line {number + 1} is no truth: {fault.Message}", fault);
            }
        }

        return run is null ? throw new InvalidDataException("there is no line of kind run") : run with { Episodes = episodes, Quiet = quiet };
    }

    private static void Line(StringBuilder text, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(bytes.ToArray())).Append('\n');
    }

    private static void WriteRun(Utf8JsonWriter json, TruthRecord truth)
    {
        json.WriteString("kind", "run");
        json.WriteString("scenario", truth.Scenario);
        json.WriteNumber("seed", truth.Seed);
        json.WriteString("from", AlertJson.Time(truth.FromMs));
        json.WriteNumber("from_ms", truth.FromMs);
        json.WriteNumber("to_ms", truth.ToMs);
        json.WriteString("clock", truth.IsEventTime ? "event" : "server");
        WriteList(json, "devices", truth.Devices);
        WriteList(json, "zones", truth.Zones);
        json.WriteStartObject("drawn");
        foreach (var (name, value) in truth.Drawn)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEpisode(Utf8JsonWriter json, TruthEpisode episode)
    {
        json.WriteString("kind", "episode");
        json.WriteString("rule", episode.Rule);
        json.WriteString("subject", episode.Subject);
        json.WriteBoolean("due", episode.IsDue);
        json.WriteString("tier", episode.Lowest.Name());
        json.WriteString("tier_at_most", episode.Highest.Name());
        json.WriteString("begin", AlertJson.Time(episode.BeginMs));
        json.WriteNumber("begin_ms", episode.BeginMs);
        json.WriteNumber("earliest_ms", episode.EarliestMs);
        json.WriteNumber("latest_ms", episode.LatestMs);
        if (episode is { EndMs: { } end, EndEarliestMs: { } earliest, EndLatestMs: { } latest })
        {
            json.WriteNumber("end_ms", end);
            json.WriteNumber("end_earliest_ms", earliest);
            json.WriteNumber("end_latest_ms", latest);
        }
    }

    private static void WriteQuiet(Utf8JsonWriter json, QuietWhile quiet)
    {
        json.WriteString("kind", "quiet");
        json.WriteString("rule", quiet.Rule);
        json.WriteString("subject", quiet.Subject);
        json.WriteNumber("from_ms", quiet.FromMs);
        json.WriteNumber("until_ms", quiet.UntilMs);
        json.WriteString("because", quiet.Because);
    }

    private static TruthRecord ReadRun(JsonElement json) => new()
    {
        Scenario = Text(json, "scenario"),
        Seed = json.GetProperty("seed").GetUInt64(),
        FromMs = Long(json, "from_ms"),
        ToMs = Long(json, "to_ms"),
        IsEventTime = Text(json, "clock") == "event",
        Devices = ReadList(json, "devices"),
        Zones = ReadList(json, "zones"),
        Drawn = json.TryGetProperty("drawn", out var drawn) ? [.. drawn.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetString() ?? ""))] : [],
        Episodes = [],
        Quiet = [],
    };

    private static TruthEpisode ReadEpisode(JsonElement json) => new()
    {
        Rule = Text(json, "rule"),
        Subject = Text(json, "subject"),
        IsDue = json.GetProperty("due").GetBoolean(),
        Lowest = ReadTier(json, "tier"),
        Highest = ReadTier(json, "tier_at_most"),
        BeginMs = Long(json, "begin_ms"),
        EarliestMs = Long(json, "earliest_ms"),
        LatestMs = Long(json, "latest_ms"),
        EndMs = OptionalLong(json, "end_ms"),
        EndEarliestMs = OptionalLong(json, "end_earliest_ms"),
        EndLatestMs = OptionalLong(json, "end_latest_ms"),
    };

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static List<string> ReadList(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(one => one.GetString() ?? "")];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static long Long(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static long? OptionalLong(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static Tier ReadTier(JsonElement json, string name) =>
        TierNames.TryParse(Text(json, name), out var tier) ? tier : throw new FormatException($"'{Text(json, name)}' is no tier");
}
