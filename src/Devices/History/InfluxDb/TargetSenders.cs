using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;

namespace Fengsui.Devices.History.InfluxDb;

/// <summary>Everybody who sends for one target: one sender a lane, and one for the alerts.</summary>
internal sealed class TargetSenders(
    DeviceEngine engine,
    InfluxTargetOptions options,
    InfluxClient client,
    TargetPause pause,
    TargetCounters counters,
    SizeLimit limit,
    RejectedLines rejected,
    PlaceKeeper places,
    TimeProvider time)
{
    /// <summary>Sends what comes into the lanes, and the alerts, as long as the work that fills them goes on.</summary>
    public async Task<T> SendWhileAsync<T>(IReadOnlyList<Lane> lanes, Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] senders = [.. lanes.Select(lane => SendAsync(lane, ending.Token)), .. SendAlerts(ending.Token)];
        var working = work(ending.Token);
        try
        {
            await (await Task.WhenAny([working, .. senders]).ConfigureAwait(false)).ConfigureAwait(false);
            return await working.ConfigureAwait(false);
        }
        finally
        {
            // Everybody ends before the files and batches that they use are given up.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([working, .. senders]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(Lane lane, CancellationToken cancellation)
    {
        using var sender = new BatchSender(options, client, pause, counters, limit, rejected);
        while (true)
        {
            await sender.SendAsync(await lane.NextAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            lane.Done();
        }
    }

    private Task[] SendAlerts(CancellationToken cancellation) => options.Alerts is null && options.Duties is null ? [] : [SendAlertsAsync(cancellation)];

    private async Task SendAlertsAsync(CancellationToken cancellation)
    {
        using var sender = new BatchSender(options, client, pause, counters, limit, rejected);
        var alerts = options.Alerts is { } measurement ? new AlertLineWriter(measurement, options.Mapping) : null;
        var duties = options.Duties is { } lines ? new DutyLineWriter(lines, options.Mapping) : null;
        await new AlertRun(engine, alerts, duties, places, time).SendAsync(sender, cancellation).ConfigureAwait(false);
    }
}
