using System.Diagnostics;
using Fengsui.Devices.Alerts;
using Fengsui.Rules;
using Xunit;
using Xunit.Abstractions;

namespace Fengsui.Devices.Tests.Alerts;

/// <summary>A minute of 1,000 alerts a second. How long it takes and what it keeps in memory is shown, not judged, since other tests run beside it; that a tick scans nothing is.</summary>
public sealed class AlertStormTests(ITestOutputHelper output)
{
    private const int Seconds = 60;
    private const int Rate = 1_000;

    [Fact]
    public void A_minute_of_a_thousand_alerts_a_second_passes_the_desk_and_its_duties_come_due_without_a_scan()
    {
        var desk = new AlertDeskCore();
        var rules = RuleSet.Parse([new RuleFile("n.yaml", "noise: { flapping: {}, grouping: {}, flood: {}, inhibit: [{ source: major }] }")]).RuleSet!;
        var entries = new List<AlertEntry>();
        desk.Take(new PendingTransition(new PolicyInput(1, rules)), false, entries);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var second = 0; second < Seconds; second++)
        {
            for (var i = 0; i < Rate; i++)
            {
                var alert = AlertSamples.At(2 + (second * (Rate + 1)) + i, alert: $"a{second}-{i}") with { Device = $"d{second}-{i}", Zone = $"z{i % 50}", ReceiveTimeMs = second * 1_000 };
                desk.Take(new PendingTransition(alert, 0), false, entries);
            }

            desk.Take(new PendingTransition(new TickInput(2 + (second * (Rate + 1)) + Rate, second * 1_000)), false, entries);
        }

        var storm = Stopwatch.GetElapsedTime(started);
        Assert.Equal(Seconds * Rate, desk.Board.OpenCount);
        Assert.Equal(Seconds * Rate, entries.OfType<AlertTransition>().Count());
        entries.Clear();
        var perAlert = (GC.GetTotalMemory(forceFullCollection: true) - before) / (Seconds * Rate);

        // Idle seconds with 60,000 alerts open and nothing due: what is looked at is the floods of 50 zones, not a list of all alerts.
        started = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var second = Seconds; second < 500; second++)
        {
            desk.Take(new PendingTransition(new TickInput(1_000_000 + second, second * 1_000)), false, entries);
        }

        var idle = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Empty(entries);
        Assert.True(allocated < 440 * 16_384, $"{allocated} bytes in idle ticks");
        desk.Take(new PendingTransition(new TickInput(2_000_000, 24L * 3_600_000)), false, entries);
        Assert.Equal(Seconds * Rate, entries.OfType<AlertEvent>().Count(happened => happened.Kind == Rules.Alerts.AlertEventKind.Overdue));
        output.WriteLine($"{Seconds * Rate / storm.TotalSeconds:F0} alerts/s, {perAlert} bytes an alert, {idle.TotalMilliseconds / 440 * 1_000:F0} µs an idle tick");
        GC.KeepAlive(desk);
    }
}
