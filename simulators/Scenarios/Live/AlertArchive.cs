using System.Text;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Scenarios.Live;

/// <summary>Alerts that were received: from a file of steps, or from what a server lists.</summary>
public static class AlertArchive
{
    private const int PageItems = 500;

    /// <summary>Reads steps, one JSON object a line, as topics, streams and the alert log have them. What people did to alerts is passed over.</summary>
    /// <exception cref="InvalidDataException">A line is no step; the message names it.</exception>
    public static IReadOnlyList<AlertTransition> Read(IEnumerable<string> lines)
    {
        var steps = new List<AlertTransition>();
        foreach (var (number, line) in lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            try
            {
                if (AlertJson.Read(Encoding.UTF8.GetBytes(line)) is AlertTransition step)
                {
                    steps.Add(step);
                }
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"line {number + 1} is no step of an alert: {fault.Message}", fault);
            }
        }

        return steps;
    }

    public static string Write(IReadOnlyList<AlertTransition> steps) =>
        string.Concat(steps.Select(step => Encoding.UTF8.GetString(AlertJson.ToBytes(step)) + "\n"));

    /// <summary>Asks a server for all steps of the alerts of a run.</summary>
    /// <param name="http">Whose base address is the server's, with its credentials.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidDataException">Its answer is not that of the API.</exception>
    public static async Task<IReadOnlyList<AlertTransition>> FetchAsync(HttpClient http, TruthRecord truth, CancellationToken cancel)
    {
        var steps = new List<AlertTransition>();
        var subjects = truth.Devices.Concat(truth.Zones).ToHashSet(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            using var page = await GetAsync(http, $"api/v1/alerts?state=all&limit={PageItems}" + (cursor.Length > 0 ? $"&cursor={cursor}" : ""), cancel).ConfigureAwait(false);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                var latest = AlertJson.Read(item);
                if (subjects.Contains(latest.Subject))
                {
                    using var alert = await GetAsync(http, "api/v1/alerts/" + latest.AlertId, cancel).ConfigureAwait(false);
                    steps.AddRange(alert.RootElement.GetProperty("transitions").EnumerateArray().Select(AlertJson.Read).OfType<AlertTransition>());
                }
            }

            cursor = page.RootElement.GetProperty("next").GetString();
        }

        return steps;
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, string path, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancel).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        try
        {
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"the answer to {path} is no JSON: {fault.Message}", fault);
        }
    }
}
