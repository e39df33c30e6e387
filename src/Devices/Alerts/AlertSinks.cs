namespace Fengsui.Devices.Alerts;

/// <summary>Gives every entry to every sink, once and in order. A fault of one sink is its own.</summary>
/// <param name="faulted">Told when a sink throws, and again only after it has worked.</param>
internal sealed class AlertSinks(IReadOnlyList<IAlertSink> sinks, Action<string, Exception> faulted)
{
    private readonly bool[] _isFaulted = new bool[sinks.Count];

    /// <summary>Calls of <see cref="IAlertSink.Publish"/> that threw.</summary>
    public long Faults { get; private set; }

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        for (var i = 0; i < sinks.Count; i++)
        {
            try
            {
                sinks[i].Publish(firstNumber, entries, book);
                _isFaulted[i] = false;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Faults++;
                if (!_isFaulted[i])
                {
                    faulted($"{sinks[i].GetType().Name} failed at entry {firstNumber}: {fault.Message}", fault);
                }

                _isFaulted[i] = true;
            }
        }
    }
}
