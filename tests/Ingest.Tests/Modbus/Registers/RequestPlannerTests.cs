using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using FsCheck.Fluent;

namespace Fengsui.Ingest.Tests.Modbus.Registers;

public sealed class RequestPlannerTests
{
    [Fact]
    public void Neighbours_are_read_in_one_request() => Assert.Equal("0+6", Plan(0, Points.At(0), Points.At(2, RegisterType.Float64), Points.At(1)));

    [Fact]
    public void Gap_is_read_in_vain_up_to_its_bound()
    {
        Assert.Equal("0+10", Plan(8, Points.At(0), Points.At(9)));
        Assert.Equal("0+1 10+1", Plan(8, Points.At(0), Points.At(10)));
    }

    [Fact]
    public void Request_has_125_registers_at_most_and_no_value_is_torn()
    {
        var points = Enumerable.Range(0, 63).Select(i => Points.At(i * 2, RegisterType.Float32)).ToArray();
        Assert.Equal("0+124 124+2", Plan(0, points));
    }

    [Fact]
    public void Bits_are_bounded_by_2000()
    {
        var points = Enumerable.Range(0, 2_001).Select(i => Points.At(i, function: ModbusFunction.DiscreteInputs)).ToArray();
        Assert.Equal("0+2000 2000+1", Plan(0, points));
    }

    [Fact]
    public void Tables_and_periods_are_read_apart() =>
        Assert.Equal("0+1 0+1 1+1", Plan(8, Points.At(0), Points.At(0, function: ModbusFunction.InputRegisters), Points.At(1, periodMs: 100)).Split(' ').Order().Aggregate((a, b) => a + " " + b));

    [Fact]
    public void Values_may_overlap() => Assert.Equal("0+4", Plan(0, Points.At(0, RegisterType.Float64), Points.At(1), Points.At(2, RegisterType.UInt32)));

    [Fact]
    public void Halves_hold_all_points_and_a_single_one_has_none()
    {
        var read = RequestPlanner.Plan([Points.At(0), Points.At(3), Points.At(7)], 8, 125).Single();
        var halves = RequestPlanner.Halve(read)!.Value;
        Assert.Equal((0, 1), (halves.Low.Address, halves.Low.Count));
        Assert.Equal((3, 5), (halves.High.Address, halves.High.Count));
        Assert.Null(RequestPlanner.Halve(halves.Low));
    }

    /// <summary>Each case is a seed, printed when it fails.</summary>
    [Fact]
    public void Every_point_is_in_one_request_and_every_request_is_within_its_bounds() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var (maxGap, maxRegisters) = (random.Next(20), random.Next(4, 126));
            var points = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Random(random)).ToList();
            var reads = RequestPlanner.Plan(points, maxGap, maxRegisters);
            Assert.Equal(points.Count, reads.Sum(read => read.Points.Length));
            Assert.Equal(points.ToHashSet(), reads.SelectMany(read => read.Points).ToHashSet());
            foreach (var read in reads)
            {
                Assert.InRange(read.Count, 1, ModbusLimits.IsBits(read.Function) ? ModbusLimits.MaxBits : maxRegisters);
                Assert.All(read.Points, point => Assert.Equal((read.Function, read.PeriodMs), (point.Function, point.PeriodMs)));
                Assert.All(read.Points, point => Assert.InRange(point.Address + point.Size, read.Address + 1, read.Address + read.Count));
                var covered = read.Points.SelectMany(point => Enumerable.Range(point.Address, point.Size)).Distinct().Order().ToList();
                Assert.All(covered.Zip(covered.Skip(1)), pair => Assert.InRange(pair.Second - pair.First - 1, 0, maxGap));
            }
        }));

    private static RegisterPoint Random(Random random) => Points.At(
        random.Next(300),
        (RegisterType)random.Next((int)RegisterType.Int16, (int)RegisterType.Float64 + 1),
        (ModbusFunction)random.Next(1, 5),
        random.Next(2) == 0 ? 100 : 1_000);

    private static string Plan(int maxGap, params RegisterPoint[] points) =>
        string.Join(' ', RequestPlanner.Plan(points, maxGap, ModbusLimits.MaxRegisters).Select(read => $"{read.Address}+{read.Count}"));
}
