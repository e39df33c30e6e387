using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>A small client of the HTTP interface, as an outsider would write it.</summary>
internal sealed class ApiClient(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };

    public HttpClient Http => _http;

    public void Dispose() => _http.Dispose();

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<(HttpStatusCode Status, string Body)> TryGetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>All pages of a listing.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync($"{path}{separator}limit=1000" + (cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : ""));
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }

        return items;
    }

    /// <summary>Every stored reading of one metric with its time, over all time unless bounded, in order.</summary>
    public async Task<IReadOnlyList<(long TimeMs, double Value)>> ReadingsAsync(string device, string metric, long fromMs, long toMs)
    {
        var found = new List<(long, double)>();
        for (long? from = fromMs; from is not null;)
        {
            var page = await GetAsync(FormattableString.Invariant(
                $"/api/v1/devices/{Uri.EscapeDataString(device)}/readings?metric={metric}&from={from}&to={toMs}&limit=100000"));
            foreach (var reading in page.GetProperty("readings").EnumerateArray())
            {
                // A reading without a usable value has none.
                var value = reading.GetProperty("value");
                found.Add((reading.GetProperty("time_ms").GetInt64(), value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN));
            }

            var next = page.GetProperty("next_ms");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null;
        }

        return found;
    }

    public async Task<LedgerTotal> LedgerAsync()
    {
        var ledger = await GetAsync("/api/v1/ledger");
        var total = ledger.GetProperty("total");
        return new LedgerTotal(
            ledger.GetProperty("balanced").GetBoolean(),
            total.GetProperty("received").GetInt64(),
            total.GetProperty("applied").GetInt64(),
            total.GetProperty("duplicate").GetInt64(),
            total.GetProperty("dead_lettered").GetInt64(),
            total.GetProperty("refused").GetInt64());
    }

    /// <summary>Sum over all series of one metric family whose labels contain <paramref name="label"/>.</summary>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        var text = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var sum = 0.0;
        foreach (var line in text.Split('\n'))
        {
            var end = line.IndexOfAny(['{', ' ']);
            if (end > 0 && line[..end] == name && line.Contains(label, StringComparison.Ordinal))
            {
                sum += double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }
}
