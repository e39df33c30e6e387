using Fengsui.Fleet.Faults;

namespace Fengsui.Api.Tests.Fleets;

public sealed class FaultPlanTests
{
    [Theory]
    [InlineData(1ul)]
    [InlineData(7ul)]
    [InlineData(12345ul)]
    public void Told_spans_are_exactly_the_samples_at_fault(ulong seed)
    {
        var options = new FaultOptions
        {
            Kinds = [FaultKind.Heat, FaultKind.DropOut, FaultKind.Garbage],
            Share = 0.5,
            Cycle = TimeSpan.FromSeconds(6),
            MinLength = TimeSpan.FromSeconds(1),
            MaxLength = TimeSpan.FromSeconds(6),
            Script = [new ScriptedFault(3, FaultKind.GasLeak, 1, 2.5, 4), new ScriptedFault(3, FaultKind.Reorder, 3, 3.5), new ScriptedFault(4, FaultKind.Heat, 0, 1)],
        };
        var plan = new FaultPlan(options, 40, 10, seed);
        var faulty = 0;
        for (var device = 0; device < 40; device++)
        {
            var told = new FaultKind[200];
            foreach (var span in plan.Spans(device, 200))
            {
                Array.Fill(told, span.Kind, span.From, span.To - span.From);
            }

            for (var sample = 0; sample < 200; sample++)
            {
                Assert.Equal(plan.At(device, sample).Kind, told[sample]);
            }

            faulty += told.Any(kind => kind != FaultKind.None) ? 1 : 0;
        }

        Assert.InRange(faulty, 8, 35);
    }

    [Fact]
    public void Reordering_moves_every_sample_once()
    {
        var span = new FaultSpan(FaultKind.Reorder, 11, 18, 0);
        var moved = Enumerable.Range(11, 7).Select(span.Swap).ToArray();
        Assert.Equal(Enumerable.Range(11, 7), moved.Order());
        Assert.Equal(12, moved[0]);
    }

    [Fact]
    public void Every_kind_has_a_name_that_parses_back()
    {
        foreach (var kind in Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None))
        {
            Assert.True(FaultNames.TryParse(FaultNames.Of(kind), out var parsed));
            Assert.Equal(kind, parsed);
        }

        Assert.False(FaultNames.TryParse("none", out _));
    }
}
