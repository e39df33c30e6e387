using Fengsui.Rules.Binding;
using Fengsui.Rules.Zones;
using Xunit;

namespace Fengsui.Rules.Tests.Zones;

public sealed class AggregateStateTests
{
    private const long MaxAgeMs = 1_000;

    [Theory]
    [InlineData((int)AggregateKind.Any)]
    [InlineData((int)AggregateKind.All)]
    [InlineData((int)AggregateKind.Count)]
    [InlineData((int)AggregateKind.Minimum)]
    [InlineData((int)AggregateKind.Maximum)]
    [InlineData((int)AggregateKind.Average)]
    [InlineData((int)AggregateKind.Sum)]
    public void Says_what_a_look_at_every_member_says_whatever_came_before(int kind)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            Compare((AggregateKind)kind, new Random(seed), seed);
        }
    }

    [Fact]
    public void A_sum_does_not_depend_on_the_order_in_which_members_spoke()
    {
        var sums = new HashSet<long>();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var state = new AggregateState(Aggregate(AggregateKind.Sum));
            var devices = Enumerable.Range(0, 37).ToArray();
            random.Shuffle(devices);
            foreach (var device in devices)
            {
                state.Set(device, random.NextDouble(), 0);
                state.Set(100 + random.Next(20), random.NextDouble(), 0);
                state.Set(device, Math.Pow(10, device % 9) / 3, 0);
            }

            for (var device = 100; device < 120; device++)
            {
                state.Remove(device);
            }

            sums.Add(BitConverter.DoubleToInt64Bits(state.Read(0)));
        }

        Assert.Single(sums);
    }

    [Fact]
    public void A_value_is_known_up_to_its_age_and_no_longer()
    {
        var state = new AggregateState(Aggregate(AggregateKind.Maximum));
        Assert.True(double.IsNaN(state.Read(0)));
        Assert.True(state.Set(7, 5, 10));
        Assert.False(state.Set(7, 5, 20));
        Assert.Equal(5, state.Read(20 + MaxAgeMs));
        Assert.True(double.IsNaN(state.Read(21 + MaxAgeMs)));
        Assert.True(state.Set(7, 5, 2_000));
        Assert.True(state.Remove(7));
        Assert.False(state.Remove(7));
        Assert.True(double.IsNaN(state.Read(2_000)));
    }

    /// <summary>The tree is not told of what is only repeated; it must notice all the same when the rest grows too old.</summary>
    [Fact]
    public void Who_repeats_the_same_stays_known_and_who_fell_silent_does_not()
    {
        var state = new AggregateState(Aggregate(AggregateKind.Count));
        for (var device = 0; device < 9; device++)
        {
            state.Set(device, 1, 0);
        }

        for (var now = 100L; now <= 2 * MaxAgeMs; now += 100)
        {
            for (var device = 0; device < 4; device++)
            {
                Assert.False(state.Set(device, 1, now));
            }

            Assert.Equal(now <= MaxAgeMs ? 9 : 4, state.Read(now));
        }

        Assert.True(state.Set(8, 1, 2 * MaxAgeMs));
        Assert.Equal(5, state.Read(2 * MaxAgeMs));
        Assert.Equal(5, state.Read(3 * MaxAgeMs));
        Assert.True(double.IsNaN(state.Read((3 * MaxAgeMs) + 1)));
    }

    private static void Compare(AggregateKind kind, Random random, int seed)
    {
        var state = new AggregateState(Aggregate(kind));
        var members = new SortedDictionary<int, (double Value, long TimeMs)>();
        var now = 0L;
        for (var step = 0; step < 300; step++)
        {
            now += random.Next(120);
            var device = random.Next(12);
            switch (random.Next(12))
            {
                case 0:
                    Assert.Equal(members.Remove(device), state.Remove(device));
                    break;
                case 1:
                    state.Set(device, double.NaN, now);
                    members[device] = (double.NaN, now);
                    break;
                default:
                    var value = random.Next(3);
                    state.Set(device, value, now);
                    members[device] = (value, now);
                    break;
            }

            var expected = Slowly(kind, [.. members.Values.Select(member => now - member.TimeMs > MaxAgeMs ? double.NaN : member.Value)]);
            Assert.True(expected.Equals(state.Read(now)), $"seed {seed}, step {step}: {state.Read(now)}, not {expected}");
        }
    }

    private static double Slowly(AggregateKind kind, double[] values)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        var hasUnknown = known.Length < values.Length;
        return kind switch
        {
            _ when known.Length == 0 => double.NaN,
            AggregateKind.Any => known.Any(value => value != 0) ? 1 : hasUnknown ? double.NaN : 0,
            AggregateKind.All => known.Any(value => value == 0) ? 0 : hasUnknown ? double.NaN : 1,
            AggregateKind.Count => known.Count(value => value != 0),
            AggregateKind.Minimum => known.Min(),
            AggregateKind.Maximum => known.Max(),
            AggregateKind.Average => known.Sum() / known.Length,
            _ => known.Sum(),
        };
    }

    private static ZoneAggregate Aggregate(AggregateKind kind) => new(kind, new ConstantNode(1), MaxAgeMs, null, "written");
}
