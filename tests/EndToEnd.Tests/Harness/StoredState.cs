using System.Globalization;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>What a server tells of everything that it has stored, for a comparison before and after.</summary>
internal sealed record StoredState(LedgerTotal Ledger, string DeadLetters, string Alerts, string Readings)
{
    private static readonly string[] Metrics = ["temperature", "lel"];

    public static async Task<StoredState> OfAsync(FengsuiServer server) => new(
        await server.Api.LedgerAsync(),
        Text(await server.Api.ListAsync("/api/v1/dead-letters")),
        Text(await server.Api.ListAsync("/api/v1/alerts?state=all")),
        await ReadingsAsync(server));

    public bool IsSameAs(StoredState other) => this == other;

    public void AssertSameAs(StoredState other)
    {
        Assert.Equal(Ledger, other.Ledger);
        Assert.Equal(DeadLetters, other.DeadLetters);
        Assert.Equal(Alerts, other.Alerts);
        Assert.Equal(Readings, other.Readings);
    }

    private static string Text(IEnumerable<JsonElement> items) => string.Join('\n', items.Select(item => item.GetRawText()));

    private static async Task<string> ReadingsAsync(FengsuiServer server)
    {
        var lines = new List<string>();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var device in (await server.Api.ListAsync("/api/v1/devices")).Select(item => item.GetProperty("id").GetString()!))
        {
            foreach (var metric in Metrics)
            {
                var readings = await server.Api.ReadingsAsync(device, metric, 0, now);
                lines.Add(device + " " + metric + " " + string.Join(' ', readings.Select(reading => reading.ToString())));
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{lines.Count} series\n{string.Join('\n', lines)}");
    }
}
