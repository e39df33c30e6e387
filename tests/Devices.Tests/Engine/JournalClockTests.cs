using Fengsui.Devices.Engine;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

public sealed class JournalClockTests
{
    [Fact]
    public void Never_runs_backward_whatever_the_wall_clock_does()
    {
        var time = new SteppingTime();
        var clock = new JournalClock(time, floorMs: 5_000);
        var random = new Random(41);
        var last = clock.NowMs();
        Assert.Equal(5_000, last);
        for (var i = 0; i < 20_000; i++)
        {
            time.Advance(random.Next(50));
            if (random.Next(100) == 0)
            {
                time.WallMs += random.Next(-20_000, 10_000);
            }

            var now = clock.NowMs();
            Assert.True(now >= last && now >= time.WallMs, $"step {i}");
            last = now;
        }

        Assert.True(clock.BackwardSteps > 0);
    }

    [Fact]
    public void After_a_step_back_it_goes_on_a_little_slower_until_the_wall_clock_has_caught_up()
    {
        var time = new SteppingTime { WallMs = 100_000 };
        var clock = new JournalClock(time, 0);
        time.WallMs -= 10_000;
        Assert.Equal(100_000, clock.NowMs());
        time.Advance(4_000);
        Assert.Equal(103_800, clock.NowMs());
        for (var i = 0; i < 4_000; i++)
        {
            time.Advance(1);
            clock.NowMs();
        }

        Assert.Equal(107_600, clock.NowMs());
        time.Advance(192_000);
        Assert.Equal(290_000, clock.NowMs());
        time.Advance(2_000);
        Assert.Equal(292_000, clock.NowMs());
        Assert.Equal(1, clock.BackwardSteps);
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long _elapsedMs;

        public long WallMs { get; set; } = 1_000;

        public override long TimestampFrequency => 1_000;

        public void Advance(long ms)
        {
            WallMs += ms;
            _elapsedMs += ms;
        }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(WallMs);

        public override long GetTimestamp() => _elapsedMs;
    }
}
