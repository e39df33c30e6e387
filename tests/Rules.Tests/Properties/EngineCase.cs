using Fengsui.Rules.Tests.Scripts;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A rule and what happens to a device: whether engine and interpreter tell it alike, and if not, the least that shows it.</summary>
internal sealed record EngineCase(RandomRule Rule, IReadOnlyList<RandomEvent> Events)
{
    /// <summary>Null when they agree; otherwise what each made of it up to the event at which they first differ.</summary>
    public (RandomEvent At, IReadOnlyList<Step> Expected, IReadOnlyList<Step> Actual)? Difference()
    {
        var engine = new EngineRun(RuleSets.OfRule(Rule.ToYaml()));
        var interpreter = new Interpreter(Rule);
        foreach (var next in Events)
        {
            engine.Apply(next);
            interpreter.Apply(next);
            if (!interpreter.Steps.SequenceEqual(engine.Steps))
            {
                return (next, interpreter.Steps, engine.Steps);
            }
        }

        return null;
    }

    /// <summary>Leaves out events but for set clocks, without which time would run backwards, and then parts of the rule, as long as they still differ.</summary>
    public EngineCase Shrunk()
    {
        var least = this with { Events = [.. Events.TakeWhile(next => next.Number <= Difference()!.Value.At.Number)] };
        for (var chunk = least.Events.Count / 2; chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < least.Events.Count;)
            {
                var fewer = least with { Events = [.. least.Events.Where((next, i) => i < from || i >= from + chunk || next.Kind == RandomEventKind.ClockIsSet)] };
                (least, from) = fewer.Events.Count == least.Events.Count || fewer.Difference() is null ? (least, from + chunk) : (fewer, from);
            }
        }

        return least.Rule.Simpler().Select(rule => least with { Rule = rule }).FirstOrDefault(simpler => simpler.Difference() is not null)?.Shrunk() ?? least;
    }

    public override string ToString()
    {
        var (_, expected, actual) = Difference()!.Value;
        return $"{Rule.ToYaml()}\n{string.Join("\n", Events)}\nexpected\n  {string.Join("\n  ", expected)}\nactual\n  {string.Join("\n  ", actual)}";
    }
}
