using Fengsui.Fleet.Measuring;
using Spectre.Console;

namespace Fengsui.Fleet.Display;

/// <summary>Shows a running fleet once a second: in place on a terminal, as plain lines elsewhere.</summary>
internal sealed class FleetProgress(FleetRunner runner, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private FleetCounters _last = new();

    public async Task ShowAsync(Task run)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi)
        {
            await console.Live(Table(_last, 0)).StartAsync(context => RefreshAsync(run, (now, seconds) =>
            {
                context.UpdateTarget(Table(now, seconds));
                context.Refresh();
            })).ConfigureAwait(false);
            return;
        }

        await RefreshAsync(run, (now, seconds) => console.Profile.Out.Writer.WriteLine(Line(now, seconds))).ConfigureAwait(false);
    }

    private async Task RefreshAsync(Task run, Action<FleetCounters, double> show)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var since = time.GetTimestamp();
        while (!run.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(run, tick).ConfigureAwait(false) == run)
            {
                return;
            }

            var now = runner.Snapshot();
            var seconds = time.GetElapsedTime(since).TotalSeconds;
            since = time.GetTimestamp();
            show(now, seconds);
            _last = now;
        }
    }

    private string Line(FleetCounters now, double seconds)
    {
        var recent = Recent(now);
        var latency = recent.Count == 0 ? "" : $", PUBACK p50 {FleetReport.Ms(recent.Percentile(50))} p99 {FleetReport.Ms(recent.Percentile(99))} ms";
        return FormattableString.Invariant(
            $"{runner.Elapsed.TotalSeconds,6:N0} s  {Rate(now.Sent, _last.Sent, seconds),9:N0} messages/s, {now.Sent:N0} sent, {now.Acked:N0} acknowledged{latency}, {Errors(now):N0} errors");
    }

    private Table Table(FleetCounters now, double seconds)
    {
        var recent = Recent(now);
        return new Table().Border(TableBorder.Rounded)
            .AddColumns("time", "connected", "messages/s", "readings/s", "sent", "acknowledged", "p50 ms", "p99 ms", "errors")
            .AddRow(
                FormattableString.Invariant($"{runner.Elapsed.TotalSeconds:N0} s"),
                FormattableString.Invariant($"{now.Connected:N0}"),
                FormattableString.Invariant($"{Rate(now.Sent, _last.Sent, seconds):N0}"),
                FormattableString.Invariant($"{Rate(now.Readings, _last.Readings, seconds):N0}"),
                FormattableString.Invariant($"{now.Sent:N0}"),
                FormattableString.Invariant($"{now.Acked:N0}"),
                recent.Count == 0 ? "-" : FleetReport.Ms(recent.Percentile(50)),
                recent.Count == 0 ? "-" : FleetReport.Ms(recent.Percentile(99)),
                FormattableString.Invariant($"{Errors(now):N0}"));
    }

    private LatencyHistogram Recent(FleetCounters now)
    {
        var recent = new LatencyHistogram();
        recent.Add(now.Latency);
        recent.Subtract(_last.Latency);
        return recent;
    }

    private static double Rate(long now, long before, double seconds) => seconds > 0 ? (now - before) / seconds : 0;

    private static long Errors(FleetCounters now) => now.Refused + now.Disconnects + now.ConnectFailures;
}
