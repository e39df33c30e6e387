using System.Globalization;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Sources;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Bridge;

/// <summary>
/// Publishes every step of every alert to the outside broker, in the order of the alert log, at least once: the number of the last step that the broker has
/// taken is kept in a file, and a step is sent again until it is taken. The steps carry their own ids, so a receiver recognises one that it has.
/// </summary>
internal sealed class BridgeOutbox(string prefix, DeviceEngine engine, string cursorFile, SourceConnection report, TimeProvider time)
{
    /// <summary>How soon a new step is seen.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Steps on their way at a time; what common brokers take.</summary>
    private const int PageSize = 20;

    private long _taken;

    /// <summary>Finds where the broker is. A bridge that is new tells what happens from now on; one whose number cannot be read tells everything that is left.</summary>
    public async Task OpenAsync(CancellationToken stopping)
    {
        if (File.Exists(cursorFile))
        {
            _ = long.TryParse(await File.ReadAllTextAsync(cursorFile, stopping).ConfigureAwait(false), NumberStyles.None, CultureInfo.InvariantCulture, out var taken);
            _taken = Math.Min(taken, engine.AlertLogCount);
            return;
        }

        await AdvanceAsync(engine.AlertLogCount, stopping).ConfigureAwait(false);
    }

    /// <summary>Runs until the broker does not take a step, or the bridge is to stop.</summary>
    public async Task RunAsync(MqttClient client, CancellationToken stopping)
    {
        while (true)
        {
            var page = engine.ReadAlertLog(_taken, PageSize);
            if (page.Count == 0)
            {
                await Task.Delay(LookInterval, time, stopping).ConfigureAwait(false);
                continue;
            }

            await PublishAsync(client, page, stopping).ConfigureAwait(false);
            await AdvanceAsync(page[^1].Key, stopping).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(MqttClient client, IReadOnlyList<KeyValuePair<long, AlertEntry>> page, CancellationToken stopping)
    {
        var publishing = new List<Task<MqttPublishResult>>();
        foreach (var step in page.Select(entry => entry.Value).Where(step => !step.IsShadow))
        {
            var payload = AlertJson.ToBytes(step);
            publishing.Add(client.PublishAsync(new MqttMessage(TopicOf(step), payload), stopping));
            report.Sent(payload.Length);
        }

        foreach (var result in await Task.WhenAll(publishing).ConfigureAwait(false))
        {
            if (!result.IsDelivered)
            {
                throw new IOException($"the broker did not take an alert: {result.Outcome} {result.Reason}");
            }
        }
    }

    /// <summary>A resolved alert is told of where it was.</summary>
    private string TopicOf(AlertEntry step)
    {
        var tier = step.ToldTier.Name();
        return step.IsOfZone ? $"{prefix}/{tier}/{step.Zone}" : $"{prefix}/{tier}/{step.Zone}/{step.Device}";
    }

    /// <summary>Replaced whole, so that a crash leaves the old number or the new one; the old one sends a page twice.</summary>
    private async Task AdvanceAsync(long taken, CancellationToken stopping)
    {
        _taken = taken;
        Directory.CreateDirectory(Path.GetDirectoryName(cursorFile)!);
        var next = cursorFile + ".next";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(taken.ToString(CultureInfo.InvariantCulture)), stopping).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, cursorFile, overwrite: true);
    }
}
