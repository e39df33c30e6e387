using Fengsui.Rules;
using Fengsui.Rules.Testing;

namespace Fengsui.Devices.RuleTests;

/// <summary>Runs unit tests of rules on the engine itself, in memory.</summary>
public static class RuleTestRunner
{
    /// <param name="names">Those of the rules of <paramref name="rules"/>; the test's own have been checked.</param>
    /// <exception cref="InvalidOperationException">The rules are not a rule set, or a name of the test is none of a rule.</exception>
    public static RuleTestResult Run(RuleTest test, IReadOnlyList<RuleFile> rules, RuleNames names, long tickMs)
    {
        var failures = new List<RuleTestFailure>();
        var run = new RuleTestRun(test, rules);
        var expectations = test.Alerts.OrderBy(alert => alert.AtMs).ToList();
        foreach (var occurrence in RuleTestTimeline.Of(test, tickMs))
        {
            if (occurrence.Kind != OccurrenceKind.Look)
            {
                run.Apply(occurrence);
                continue;
            }

            var expectation = expectations[occurrence.Index];
            var rule = Id(names, expectation.Rule);
            Add(failures, RuleTestComparison.Alerts(expectation, rule, run.FiringOf(rule)));
        }

        if (test.Transitions is { } transitions)
        {
            var counted = test.Rules.Select(rule => Id(names, rule)).ToHashSet(StringComparer.Ordinal);
            Add(failures, RuleTestComparison.Transitions(
                test,
                [.. transitions.Select(step => new TestStep(step.AtMs, Id(names, step.Rule), step.Subject, step.Kind, step.Tier))],
                [.. run.Steps.Where(step => counted.Count == 0 || counted.Contains(step.Rule))]));
        }

        if (run.Fault is { } fault)
        {
            failures.Insert(0, new RuleTestFailure(test.Spot, fault, []));
        }

        return new RuleTestResult(test, failures);
    }

    private static string Id(RuleNames names, RuleReference reference) =>
        names.Find(reference) ?? throw new InvalidOperationException($"no rule is named {reference.Name}");

    private static void Add(List<RuleTestFailure> failures, RuleTestFailure? failure)
    {
        if (failure is not null)
        {
            failures.Add(failure);
        }
    }
}
