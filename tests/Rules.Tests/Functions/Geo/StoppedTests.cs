using Fengsui.Rules.Evaluation.Cells.Geo;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Geo;

public sealed class StoppedTests
{
    private const double Minute = 60;

    private readonly CellRig _rig = new(new StoppedCell(10 * 60_000, 30, 60_000));

    [Fact]
    public void Is_unknown_at_first_and_true_once_the_time_is_full()
    {
        for (var time = 0.0; time < 10 * Minute; time += 30)
        {
            Assert.Equal(double.NaN, _rig.At(time, 0));
        }

        Assert.Equal(1, _rig.At(10 * Minute, 0));
    }

    [Fact]
    public void Is_false_after_it_was_seen_to_move()
    {
        Drive(0, 60, metresPerSecond: 15);
        Assert.Equal(0, _rig.At(61, 900));
        Assert.Equal(0, Stop(90, 10 * Minute, north: 900));
        Assert.Equal(1, _rig.At(11.1 * Minute, 900));
    }

    [Fact]
    public void Noise_within_the_circle_and_single_fixes_outside_do_not_end_a_stop()
    {
        Stop(0, 10 * Minute);
        var random = new Random(7);
        for (var time = (10 * Minute) + 10; time < 60 * Minute; time += 10)
        {
            var isOutlier = (int)time % 50 == 0;
            var (north, east) = isOutlier ? (70, 20) : (random.Next(-14, 15), random.Next(-14, 15));
            Assert.Equal(1, _rig.At(time, north, east));
        }
    }

    [Fact]
    public void Two_fixes_in_a_row_outside_end_a_stop_from_the_first_of_them()
    {
        Stop(0, 10 * Minute);
        Assert.Equal(1, _rig.At((10 * Minute) + 10, 100));
        Assert.Equal(0, _rig.At((10 * Minute) + 20, 102));
        Assert.Equal(0, Stop((10 * Minute) + 30, 20 * Minute, north: 102));
        Assert.Equal(1, _rig.At((20 * Minute) + 10, 102));
    }

    [Fact]
    public void A_gap_makes_it_unknown_and_the_time_begins_anew_but_a_move_over_the_gap_is_a_move()
    {
        Stop(0, 10 * Minute);
        Assert.Equal(double.NaN, _rig.At(16 * Minute, 0));
        Assert.Equal(double.NaN, Stop(16 * Minute, 25.9 * Minute));
        Assert.Equal(1, _rig.At(26 * Minute, 0));
        Assert.Equal(0, _rig.At(36 * Minute, 5_000));
    }

    [Fact]
    public void A_pause_up_to_the_bound_is_none()
    {
        Stop(0, 5 * Minute);
        Assert.Equal(1, _rig.At(10 * Minute, 0));
    }

    [Fact]
    public void Time_without_positions_does_not_count_and_old_positions_say_nothing()
    {
        Stop(0, 9.5 * Minute);
        Assert.Equal(double.NaN, _rig.Later(10 * Minute));
        Assert.Equal(double.NaN, _rig.Later(10.6 * Minute));
        Assert.Equal(1, _rig.At(11 * Minute, 0));
        Assert.Equal(1, _rig.Later(12 * Minute));
        Assert.Equal(double.NaN, _rig.Later((12 * Minute) + 0.001));
    }

    [Fact]
    public void An_impossible_jump_is_not_believed_and_leaves_the_stop_as_it_was()
    {
        Stop(0, 10 * Minute);
        Assert.Equal(double.NaN, _rig.At((10 * Minute) + 10, 5_000));
        Assert.Equal(1, _rig.At((10 * Minute) + 20, 3));
    }

    [Fact]
    public void A_confirmed_jump_is_a_move()
    {
        Stop(0, 10 * Minute);
        Assert.Equal(double.NaN, _rig.At((10 * Minute) + 10, 5_000));
        Assert.Equal(0, _rig.At((10 * Minute) + 20, 5_003));
    }

    [Fact]
    public void Late_rows_change_nothing()
    {
        Stop(0, 10 * Minute);
        _rig.Late(5 * Minute, 4_000);
        Assert.Equal(1, _rig.Later(10 * Minute));
    }

    private void Drive(int from, int to, double metresPerSecond)
    {
        for (var time = from; time <= to; time++)
        {
            _rig.At(time, time * metresPerSecond);
        }
    }

    private double Stop(double from, double to, double north = 0)
    {
        var value = double.NaN;
        for (var time = from; time <= to; time += 30)
        {
            value = _rig.At(time, north);
        }

        return Math.Abs((to - from) % 30) < 0.01 ? value : _rig.At(to, north);
    }
}
