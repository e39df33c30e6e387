using Fengsui.Scenarios;
using Fengsui.Scenarios.Live;
using Fengsui.Scenarios.Truth;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

public sealed class SteppedRunTests
{
    public static TheoryData<string> Names => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_seed_gives_the_same_bytes_and_another_seed_others(string name)
    {
        var scenario = ShippedScenarios.Load(name);

        var (first, second, other) = (Played(3), Played(3), Played(4));

        Assert.Equal(first, second);
        Assert.NotEqual(first.Truth, other.Truth);
        Assert.NotEqual(first.Wire, other.Wire);

        (string Truth, string Wire, string Alerts) Played(ulong seed)
        {
            var (run, steps, _) = SteppedScenario.Play(scenario, seed);
            var wire = string.Join('\n', run.Steps().OfType<WireMessage>().Take(2_000).Select(message => $"{message.AtMs} {message.Line} {Convert.ToHexString(message.Payload)}"));
            return (TruthFile.Write(run.Truth), wire, AlertArchive.Write(steps));
        }
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_scenario_that_the_packs_find()
    {
        var text = File.ReadAllText(Repository.File("docs/scenarios.md"));
        var example = text[(text.IndexOf("```yaml\n", StringComparison.Ordinal) + 8)..];

        var (run, steps, _) = SteppedScenario.Play(ScenarioText.Read(example[..example.IndexOf("```", StringComparison.Ordinal)]), 1);

        Assert.Equal(1, SteppedScenario.Judge(run, steps).Total.Due);
        Assert.Empty(SteppedScenario.Judge(run, steps).Mistakes);
    }

    [Fact]
    public void What_a_pack_does_not_see_is_a_miss_and_what_it_sees_too_much_a_false_alarm()
    {
        const string leak = """
            timeline:
              - { at: 1m, ramp: { of: g-1, metric: lel, by: 40, over: 20s } }
              - { at: 2m, ramp: { of: g-1, metric: lel, by: -40, over: 20s } }
              - { at: 2m, ramp: { of: g-2, metric: lel, by: 40, over: 20s } }
            truth:
              - rule: gas-detection/CombustibleGas
                of: g-1
                tier: significant
                when: { metric: lel, above: 25, until: 20, hold: 30s, give: 0.5 }
                early: 1s
                late: 3s
              - { rule: gas-detection/Ammonia, of: g-1, tier: major, from: 1m, early: 1s, late: 3s }
            """;

        var (run, steps, _) = SteppedScenario.Play(ScenarioText.Read(ScenarioText.With(leak)), 1);
        var score = SteppedScenario.Judge(run, steps);

        Assert.Equal((2, 1), (score.Total.Due, score.Total.Found));
        Assert.Equal("it was not told", score.Verdicts.Single(verdict => verdict.Rule == "gas-detection/Ammonia").Mistake);
        Assert.Contains(score.Mistakes, mistake => mistake is { Subject: "g-2", Rule: "gas-detection/CombustibleGas", Mistake: "a false alarm" });
    }

    [Fact]
    public void Faults_do_to_the_messages_what_they_say()
    {
        const string faults = """
            timeline:
              - { at: 1m, silent: { of: g-1, lasts: 20s } }
              - { at: 2m, kept: { of: g-1, lasts: 20s } }
              - { at: 3m, clock: { of: g-1, by: 8h, lasts: 10s } }
              - { at: 4m, restamped: { of: g-1, lasts: 20s } }
            """;

        var messages = new ScenarioRun(ScenarioText.Read(ScenarioText.With(faults)), 1, 0).Steps().OfType<WireMessage>()
            .Where(message => message.Topic == "telemetry/g-1")
            .Select(message => (message.AtMs, Json: System.Text.Json.JsonDocument.Parse(message.Payload).RootElement))
            .Select(message => (message.AtMs, Ts: message.Json.GetProperty("ts").GetInt64(), Seq: message.Json.GetProperty("values").GetProperty("seq").GetInt64(), Lel: message.Json.GetProperty("values").GetProperty("lel").GetDouble()))
            .ToList();

        Assert.DoesNotContain(messages, message => message.Ts is >= 60_000 and < 80_000);
        var kept = messages.FindAll(message => message.Ts is >= 120_000 and < 140_000);
        Assert.Equal(20, kept.Count);
        Assert.All(kept, message => Assert.InRange(message.AtMs, 140_000, 140_200));
        Assert.Equal(10, messages.Count(message => message.Ts - message.AtMs > 28_700_000));
        Assert.Single(messages.FindAll(message => message.Ts is >= 240_000 and < 260_000).Select(message => (message.Seq, message.Lel)).Distinct());
    }
}
