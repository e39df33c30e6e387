using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Delivery;

/// <summary>Finds places in the log, which is in journal order, by halving.</summary>
internal static class AlertNumbers
{
    private const int PageSize = 1024;

    /// <summary>The entries of one alert, rising; empty when the log does not know the alert.</summary>
    public static IReadOnlyList<long> Of(DeviceEngine engine, string alertId)
    {
        var found = new List<long>();
        var known = engine.Alerts.Find(alertId);
        var after = known is null ? 0 : Before(engine, entry => entry.JournalPosition < known.Transitions[0].JournalPosition);
        while (engine.ReadAlertLog(after, PageSize) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(entry => entry.Value.AlertId == alertId).Select(entry => entry.Key));
            after = page[^1].Key;
        }

        return found;
    }

    /// <summary>The first entry of a time or later; one more than there are when there is none. Where the clock was set back in between, one that may be too early.</summary>
    public static long Since(DeviceEngine engine, long timeMs) => Before(engine, entry => entry.ReceiveTimeMs < timeMs) + 1;

    /// <summary>The last number whose entry stands before a place.</summary>
    private static long Before(DeviceEngine engine, Func<AlertEntry, bool> isBefore)
    {
        var (low, high) = (engine.AlertLogFirst - 1, engine.AlertLogCount);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (engine.ReadAlertLog(middle, 1) is [{ Value: var entry }] && isBefore(entry))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
