using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.DataPath;

/// <summary>A line in the program's log for each transition, bounded: in a storm the alert log is the place to look.</summary>
internal sealed class LogAlertSink(ILogger logger) : IAlertSink
{
    private const int MaxLinesAtOnce = 20;

    public void Publish(long firstNumber, IReadOnlyList<AlertTransition> transitions, AlertBook book)
    {
        var told = transitions.Where(transition => !transition.IsShadow).ToList();
        foreach (var transition in told.Take(MaxLinesAtOnce))
        {
            var tier = transition.IsActive ? transition.Tier : transition.PreviousTier;
            DataPathLog.Alert(logger, transition.State.Name(), tier.Name(), transition.Rule, transition.Subject);
        }

        if (told.Count > MaxLinesAtOnce)
        {
            DataPathLog.MoreAlerts(logger, told.Count - MaxLinesAtOnce);
        }
    }
}
