using System.Globalization;
using System.Text;
using System.Text.Json;
using Fengsui.Ingest.Mqtt.Client;
using Spectre.Console;

namespace Fengsui.Api.Demo;

/// <summary>
/// Shows what a subscriber sees: a reading of each device now and then, and every step of every alert. It learns of both
/// over MQTT like any other client.
/// </summary>
internal sealed class DemoScreen(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan ReadingInterval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, long> _shown = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();

    public async Task ShowAsync(MqttClient client, CancellationToken cancellation)
    {
        await foreach (var message in client.Incoming.ReadAllAsync(cancellation))
        {
            if (message.Topic.StartsWith("alerts/", StringComparison.Ordinal))
            {
                ShowAlert(message);
            }
            else
            {
                ShowReading(message);
            }

            message.Acknowledge();
        }
    }

    private void ShowReading(MqttReceived message)
    {
        var now = time.GetTimestamp();
        if (_shown.TryGetValue(message.Topic, out var last) && time.GetElapsedTime(last, now) < ReadingInterval)
        {
            return;
        }

        _shown[message.Topic] = now;
        using var json = JsonDocument.Parse(message.Payload);
        var values = json.RootElement.TryGetProperty("values", out var wrapped) ? wrapped : json.RootElement;
        var text = new StringBuilder();
        foreach (var value in values.EnumerateObject())
        {
            text.Append(CultureInfo.InvariantCulture, $" {value.Name} {value.Value}");
        }

        Line("grey", "reading", $"{message.Topic["telemetry/".Length..],-15}{text}");
    }

    private void ShowAlert(MqttReceived message)
    {
        if (message.Payload.Length == 0)
        {
            return;
        }

        using var json = JsonDocument.Parse(message.Payload);
        var alert = json.RootElement;
        var state = alert.GetProperty("state").GetString()!;
        var tier = alert.GetProperty("tier").GetString()!;
        var isLeft = state == "tier-changed" && message.Topic.Split('/')[1] != tier;
        if (isLeft)
        {
            // The same step is published under the tier it enters as well.
            return;
        }

        var (color, word) = state switch
        {
            "resolved" => ("green", "RESOLVED"),
            "tier-changed" => ("yellow", "TIER"),
            _ => ("red", "FIRING"),
        };
        var previous = alert.GetProperty("previous_tier").GetString();
        var steps = state == "firing" ? tier : $"{previous} → {(state == "resolved" ? "over" : tier)}";
        var annotations = alert.GetProperty("annotations");
        Line(color, word, $"{steps}  {alert.GetProperty("rule").GetString()}  {annotations.GetProperty("summary").GetString()}  {annotations.GetProperty("summary_zh").GetString()}");
    }

    private void Line(string color, string word, string text)
    {
        var seconds = time.GetElapsedTime(_started).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated($"[grey]{seconds,6} s[/]  [{color}]{word,-8}[/]  {text}");
    }
}
