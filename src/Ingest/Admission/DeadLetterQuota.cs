namespace Fengsui.Ingest.Admission;

/// <summary>How many dead letters one connection may still store within the second in hand, of the journal's time.</summary>
internal sealed class DeadLetterQuota(int maxPerSecond)
{
    private const long SecondMs = 1_000;

    private long _since = long.MinValue / 2;
    private int _taken;

    public bool TryTake(long nowMs)
    {
        if (nowMs - _since >= SecondMs)
        {
            _since = nowMs;
            _taken = 0;
        }

        if (_taken >= maxPerSecond)
        {
            return false;
        }

        _taken++;
        return true;
    }
}
