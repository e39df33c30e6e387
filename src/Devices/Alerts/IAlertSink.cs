namespace Fengsui.Devices.Alerts;

/// <summary>Where entries go once they are in the alert log: MQTT topics, event streams.</summary>
public interface IAlertSink
{
    /// <summary>Called in log order on the alert thread; must not block on a slow receiver.</summary>
    /// <param name="firstNumber">The first one's number in the alert log, from 1; the others follow it.</param>
    /// <param name="book">The book after all of <paramref name="entries"/>.</param>
    void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book);
}
