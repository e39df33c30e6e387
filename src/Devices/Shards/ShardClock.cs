namespace Fengsui.Devices.Shards;

/// <summary>The journal's clocks at a shard's place in it: a function of the batches so far, so the same for all shards.</summary>
internal struct ShardClock
{
    /// <summary>
    /// Most that one batch can add to the time watched. Ticks come every second; a longer pause between two batches means
    /// that this server was down or stopped, and says nothing of the devices.
    /// </summary>
    public const long MaxWatchStepMs = 5_000;

    public ShardClock(long nowMs, long watchMs)
    {
        NowMs = nowMs;
        WatchMs = watchMs;
    }

    public static ShardClock New => new(long.MinValue, long.MinValue);

    /// <summary>Newest time that the journal has shown, ms since 1970 UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long NowMs { get; private set; }

    /// <summary>As <see cref="NowMs"/> at first, then behind it by all the time in which nobody was watching.</summary>
    public long WatchMs { get; private set; }

    public void Advance(long timeMs)
    {
        if (timeMs <= NowMs)
        {
            return;
        }

        WatchMs = NowMs == long.MinValue ? timeMs : WatchMs + Math.Min(timeMs - NowMs, MaxWatchStepMs);
        NowMs = timeMs;
    }
}
