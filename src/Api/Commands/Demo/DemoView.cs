using System.Globalization;
using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.Api.Commands.Demo;

/// <summary>
/// Prints what a server shows to anybody: the latest readings of each device every second, and each step of an alert as it
/// goes out. It asks over HTTP, as any client would.
/// </summary>
internal sealed class DemoView(Uri server, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _printing = new();

    public async Task RunAsync(CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        await Task.WhenAll(FollowAlertsAsync(client, stop), ShowReadingsAsync(client, stop));
    }

    private async Task ShowReadingsAsync(HttpClient client, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            foreach (var device in FleetProfiles.DemoRoster)
            {
                using var response = await client.GetAsync(new Uri($"/api/v1/devices/{device.Name}", UriKind.Relative), stop);
                if (response.IsSuccessStatusCode)
                {
                    using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(stop));
                    ShowReadings(device.Name, document.RootElement);
                }
            }
        }
    }

    private void ShowReadings(string device, JsonElement shown)
    {
        var latest = shown.GetProperty("latest").EnumerateObject().ToArray();
        if (latest.Length > 0)
        {
            var values = latest.Select(value => $"{value.Name} {value.Value.GetProperty("value")}");
            Print("reading", $"{device,-16} {string.Join("  ", values)}");
        }
    }

    private async Task FollowAlertsAsync(HttpClient client, CancellationToken stop)
    {
        await using var stream = await client.GetStreamAsync(new Uri("/api/v1/alerts/stream", UriKind.Relative), stop);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line.AsMemory(6));
                ShowAlert(document.RootElement);
            }
        }
    }

    private void ShowAlert(JsonElement alert)
    {
        string Text(string name) => alert.GetProperty(name).GetString() ?? "";
        var summary = alert.GetProperty("annotations").TryGetProperty("summary", out var given) ? given.GetString() : "";
        Print("ALERT", $"{Text("device"),-16} {Text("state")} {Text("tier")} {Text("tier_zh")}  {Text("rule")}  {summary}");
    }

    private void Print(string kind, string text)
    {
        lock (_printing)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_started).TotalSeconds,6:0.0} s  {kind,-7}  {text}"));
            output.Flush();
        }
    }
}
