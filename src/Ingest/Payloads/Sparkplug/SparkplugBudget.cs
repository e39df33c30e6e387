namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>How many names and aliases all nodes together may have declared. Any thread.</summary>
internal sealed class SparkplugBudget(int max)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= max)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Give(int count) => Interlocked.Add(ref _taken, -count);
}
