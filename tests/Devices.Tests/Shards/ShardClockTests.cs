using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Devices.Shards;
using Xunit;

namespace Fengsui.Devices.Tests.Shards;

public sealed class ShardClockTests
{
    private const long T0 = 1_700_000_000_000;

    [Fact]
    public void Time_in_which_nobody_watched_is_left_out_and_journal_time_never_goes_back()
    {
        var clock = ShardClock.New;
        clock.Advance(T0);
        Assert.Equal((T0, T0), (clock.NowMs, clock.WatchMs));
        clock.Advance(T0 + 1_000);
        clock.Advance(T0 + 400);
        Assert.Equal((T0 + 1_000, T0 + 1_000), (clock.NowMs, clock.WatchMs));
        clock.Advance(T0 + 3_601_000);
        Assert.Equal((T0 + 3_601_000, T0 + 1_000 + ShardClock.MaxWatchStepMs), (clock.NowMs, clock.WatchMs));
        clock.Advance(T0 + 3_602_000);
        Assert.Equal(T0 + 2_000 + ShardClock.MaxWatchStepMs, clock.WatchMs);
    }

    [Fact]
    public void The_clock_of_a_device_is_carried_on_by_the_journals()
    {
        var clock = new EventClock();
        Assert.Equal(T0, clock.At(T0));
        clock.Set(eventMs: T0 - 28_800_000, journalMs: T0);
        Assert.Equal(T0 - 28_800_000, clock.At(T0 - 5));
        Assert.Equal(T0 - 28_800_000 + 1_500, clock.At(T0 + 1_500));
        var writer = new RecordWriter();
        clock.Write(writer);
        var reader = new RecordReader(writer.Written);
        Assert.Equal(T0 - 28_799_000, EventClock.Read(ref reader).At(T0 + 1_000));
        clock.Set(long.MaxValue - 10, T0);
        Assert.Equal(long.MaxValue, clock.At(T0 + 60_000));
    }
}
