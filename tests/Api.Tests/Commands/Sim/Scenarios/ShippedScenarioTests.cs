using Fengsui.Scenarios;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

/// <summary>The shipped packs against the shipped scenarios: everything that truly happens is told in time, and nothing else.</summary>
public sealed class ShippedScenarioTests
{
    private const int Seeds = 20;

    public static TheoryData<string> Names => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_packs_find_all_that_happens_and_nothing_else_with_every_seed(string name)
    {
        var scenario = ShippedScenarios.Load(name);
        var mistakes = new List<string>();
        var (due, quiet) = (0, 0);
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var (run, steps, stepped) = SteppedScenario.Play(scenario, seed);
            var score = SteppedScenario.Judge(run, steps);
            due += score.Total.Due;
            quiet += score.Total.Quiet;
            mistakes.AddRange(score.Mistakes.Select(verdict => $"seed {seed}: {verdict.Rule} of {verdict.Subject}: {verdict.Mistake}"));
            mistakes.AddRange(stepped.Refused.Select(refused => $"seed {seed}: {refused}"));
            Assert.Equal(0, stepped.QuarantinedRows);
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
        Assert.True(due >= Seeds, $"only {due} alerts were due with {Seeds} seeds");
        Assert.True(quiet >= Seeds, $"only {quiet} near misses with {Seeds} seeds");
    }
}
