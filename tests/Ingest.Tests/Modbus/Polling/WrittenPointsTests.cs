using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Tests.Modbus.Registers;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

public sealed class WrittenPointsTests
{
    private readonly WrittenPoints _written = new([Points.At(0, deadBand: 0.5), Points.At(1, deadBand: 10), Points.At(2)]);

    [Fact]
    public void Values_within_their_dead_bands_are_not_written_again()
    {
        Assert.True(_written.TakeBanded([20, 100, 0], 0));
        Assert.False(_written.TakeBanded([20.5, 90, 99], 100));
        Assert.True(_written.TakeBanded([20.6, 90, 99], 200));
    }

    [Fact]
    public void Band_lies_about_the_value_written_so_that_slow_drift_is_not_missed()
    {
        Assert.True(_written.TakeBanded([20, 100, 0], 0));
        Assert.False(_written.TakeBanded([20.3, 100, 0], 100));
        Assert.True(_written.TakeBanded([20.6, 100, 0], 200));
        Assert.False(_written.TakeBanded([20.9, 100, 0], 300));
    }

    [Fact]
    public void Value_within_its_band_is_written_when_the_last_one_is_too_old()
    {
        Assert.True(_written.TakeBanded([20, 100, 0], 0));
        Assert.False(_written.TakeBanded([20, 100, 0], 29_900));
        Assert.True(_written.TakeBanded([20, 100, 0], 30_000));
    }

    [Fact]
    public void Value_that_goes_or_comes_is_written()
    {
        Assert.True(_written.TakeBanded([20, 100, 0], 0));
        Assert.True(_written.TakeBanded([double.NaN, 100, 0], 100));
        Assert.False(_written.TakeBanded([double.NaN, 100, 0], 200));
        Assert.True(_written.TakeBanded([20, 100, 0], 300));
    }

    [Fact]
    public void Failure_is_written_once_and_the_same_value_after_it_again()
    {
        Assert.True(_written.TakeBanded([20, 100, 0], 0));
        Assert.True(_written.TakeBad(100));
        Assert.False(_written.TakeBad(200));
        Assert.True(_written.TakeBad(30_100));
        Assert.True(_written.TakeBanded([20, 100, 0], 30_200));
        Assert.False(_written.TakeBanded([20, 100, 0], 30_300));
        Assert.True(_written.TakeBad(30_400));
    }

    [Fact]
    public void Points_without_a_band_are_left_to_be_written_each_time()
    {
        var plain = new WrittenPoints([Points.At(0)]);
        Assert.True(plain.HasUnbanded);
        Assert.False(plain.TakeBanded([1], 0));
        Assert.False(new WrittenPoints([Points.At(0, deadBand: 1)]).HasUnbanded);
    }
}
