using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Xunit;

namespace Fengsui.Devices.Tests.Actors;

public sealed class UsualDelayTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(0)]
    [InlineData(8 * Hour)]
    [InlineData(-8 * Hour)]
    public void A_device_whose_clock_is_wrong_is_current_all_the_time(long wrong)
    {
        var delay = new UsualDelay();
        for (var now = 0L; now < 10 * Hour; now += 60_000)
        {
            Assert.True(delay.Add(wrong + now % 7_000, now));
        }
    }

    [Fact]
    public void A_backlog_after_a_long_silence_is_not_current_until_it_has_caught_up()
    {
        var delay = new UsualDelay();
        Assert.True(delay.Add(200, 0));
        for (var behind = 2 * Hour; behind > UsualDelay.MaxLagMs + 1_000; behind -= 60_000)
        {
            Assert.False(delay.Add(behind, 2 * Hour + 5_000));
        }

        Assert.True(delay.Add(300, 2 * Hour + 6_000));
    }

    [Fact]
    public void A_clock_that_drifts_or_is_set_never_makes_a_device_look_late_for_good()
    {
        var delay = new UsualDelay();
        for (var now = 0L; now < 200 * Hour; now += 60_000)
        {
            Assert.True(delay.Add(now / 10_000, now));
        }

        Assert.False(delay.Add(Hour, 200 * Hour));
        delay.Forget();
        Assert.True(delay.Add(Hour, 200 * Hour));
    }

    [Fact]
    public void Is_the_same_after_a_snapshot()
    {
        var delay = new UsualDelay();
        delay.Add(500, 10);
        delay.Add(Hour, 20);
        var writer = new RecordWriter();
        delay.Write(writer);
        var reader = new RecordReader(writer.Written);
        var again = UsualDelay.Read(ref reader);
        Assert.Equal(delay, again);
        Assert.False(again.IsCurrent);
        Assert.True(again.Add(600, 30));
    }
}
