using Fengsui.Rules.Evaluation.Cells.Geo;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Geo;

public sealed class SpeedTests
{
    private readonly CellRig _rig = new(new SpeedCell(60_000));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(300)]
    public void Is_the_way_over_the_time_whatever_the_interval_of_positions(double interval)
    {
        const double MetresPerSecond = 20;
        for (var time = 0.0; time < (20 * interval) + 20; time += interval)
        {
            var value = _rig.At(time, time * MetresPerSecond);
            if (Math.Round(time * 1000) >= 5000)
            {
                Assert.Equal(72, value, 0.2);
            }
            else
            {
                Assert.Equal(double.NaN, value);
            }
        }
    }

    [Fact]
    public void Noise_at_ten_positions_a_second_stays_small()
    {
        var random = new Random(11);
        for (var time = 0.0; time < 60; time += 0.1)
        {
            var value = _rig.At(time, (time * 20) + (random.NextDouble() * 6) - 3, (random.NextDouble() * 6) - 3);
            Assert.True(time < 5.2 || Math.Abs(value - 72) < 5, $"{value} at {time}");
        }
    }

    [Fact]
    public void Follows_a_change_within_ten_seconds()
    {
        Drive(0, 30, from: 0, metresPerSecond: 20);
        Assert.Equal(0, Drive(31, 41, from: 600, metresPerSecond: 0), 0.01);
    }

    [Fact]
    public void A_jump_is_unknown_and_the_speed_goes_on_after_it()
    {
        Drive(0, 20, from: 0, metresPerSecond: 20);
        Assert.Equal(double.NaN, _rig.At(21, 9_000));
        Assert.Equal(72, _rig.At(22, 440), 0.2);
    }

    [Fact]
    public void A_confirmed_jump_or_a_gap_begins_anew()
    {
        Drive(0, 20, from: 0, metresPerSecond: 20);
        _rig.At(21, 9_000);
        Assert.Equal(double.NaN, _rig.At(22, 9_020));
        Assert.Equal(72, Drive(23, 30, from: 9_040, metresPerSecond: 20), 0.2);
        Assert.Equal(double.NaN, _rig.At(331, 9_200));
    }

    [Fact]
    public void An_unknown_position_is_unknown_and_no_longer()
    {
        Drive(0, 20, from: 0, metresPerSecond: 20);
        Assert.Equal(double.NaN, _rig.Unknown(21));
        Assert.Equal(72, _rig.At(22, 440), 0.2);
    }

    private double Drive(int start, int end, double from, double metresPerSecond)
    {
        var value = double.NaN;
        for (var time = start; time <= end; time++)
        {
            value = _rig.At(time, from + ((time - start) * metresPerSecond));
        }

        return value;
    }
}
