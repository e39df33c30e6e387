using Fengsui.Devices.Engine;

namespace Fengsui.Api.Delivery;

/// <summary>Finds the entries of one alert in the log, which is in journal order: by halving to its first one, then forward.</summary>
internal static class AlertNumbers
{
    private const int PageSize = 1024;

    /// <summary>Rising; empty when the log does not know the alert.</summary>
    public static IReadOnlyList<long> Of(DeviceEngine engine, string alertId)
    {
        var found = new List<long>();
        var known = engine.Alerts.Find(alertId);
        var after = known is null ? 0 : Before(engine, known.Transitions[0].JournalPosition);
        while (engine.ReadAlertLog(after, PageSize) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(entry => entry.Value.AlertId == alertId).Select(entry => entry.Key));
            after = page[^1].Key;
        }

        return found;
    }

    /// <summary>The last number whose entry stands before a place in the journal.</summary>
    private static long Before(DeviceEngine engine, long position)
    {
        var (low, high) = (engine.AlertLogFirst - 1, engine.AlertLogCount);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (engine.ReadAlertLog(middle, 1) is [{ Value: var entry }] && entry.JournalPosition < position)
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
