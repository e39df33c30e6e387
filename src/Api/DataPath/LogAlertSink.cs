using Fengsui.Devices.Alerts;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.DataPath;

/// <summary>A line in the program's log for each entry, bounded: in a storm the alert log is the place to look.</summary>
internal sealed class LogAlertSink(ILogger logger) : IAlertSink
{
    private const int MaxLinesAtOnce = 20;

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        var told = entries.Where(entry => !entry.IsShadow).ToList();
        foreach (var entry in told.Take(MaxLinesAtOnce))
        {
            var what = entry is AlertEvent happened ? happened.Kind.Name() : ((AlertTransition)entry).State.Name();
            DataPathLog.Alert(logger, what, entry.ToldTier.Name(), entry.Rule, entry.Subject);
        }

        if (told.Count > MaxLinesAtOnce)
        {
            DataPathLog.MoreAlerts(logger, told.Count - MaxLinesAtOnce);
        }
    }
}
