using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;

namespace Fengsui.Devices.History.InfluxDb;

/// <summary>Follows the alert log for a target that wants alerts or duties: page after page, each brought to its end before the next.</summary>
internal sealed class AlertRun(DeviceEngine engine, AlertLineWriter? alerts, DutyLineWriter? duties, PlaceKeeper places, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly LineBatch _batch = new(1 << 16, PageSize);

    public async Task SendAsync(BatchSender sender, CancellationToken cancellation)
    {
        while (true)
        {
            if (engine.AlertLogCount <= places.Current.Alerts || !await SendPageAsync(sender, cancellation).ConfigureAwait(false))
            {
                await Task.Delay(LookInterval, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> SendPageAsync(BatchSender sender, CancellationToken cancellation)
    {
        var page = engine.ReadAlertLog(places.Current.Alerts, PageSize);
        if (page.Count == 0)
        {
            return false;
        }

        _batch.Clear();
        foreach (var (_, entry) in page)
        {
            // A rule on trial is told to nobody.
            if (entry.IsShadow || entry.ReceiveTimeMs < places.Current.FromMs)
            {
                continue;
            }

            if (entry is AlertTransition transition)
            {
                alerts?.Write(transition, _batch);
            }

            duties?.Write(entry, _batch);
        }

        if (_batch.Lines > 0)
        {
            await sender.SendAsync(_batch, cancellation).ConfigureAwait(false);
        }

        places.ReachAlert(page[^1].Key);
        return true;
    }
}
