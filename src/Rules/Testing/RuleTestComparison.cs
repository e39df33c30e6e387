using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>Compares what a test expects with what happened. Null when it is as expected.</summary>
public static class RuleTestComparison
{
    /// <param name="rule">The id of the rule that the expectation names.</param>
    /// <param name="firing">All alerts of the rule at that time.</param>
    public static RuleTestFailure? Alerts(AlertExpectation expectation, string rule, IReadOnlyList<TestAlert> firing)
    {
        ExpectedAlert[] expected = [.. expectation.Alerts.OrderBy(alert => alert.Subject, StringComparer.Ordinal)];
        string[] wanted = [.. expected.SelectMany(alert => Lines(alert.Subject, alert.Tier, alert.Labels, alert.Annotations))];
        string[] got = [.. firing.OrderBy(alert => alert.Subject, StringComparer.Ordinal).SelectMany(alert => Lines(alert, expected))];
        var diff = SequenceDiff.Of(wanted, got, string.Equals, line => line);
        return diff.Count == 0
            ? null
            : new RuleTestFailure(expectation.Spot, $"at {DurationText.Format(expectation.AtMs)}, alerts of {rule}:", diff);
    }

    /// <param name="steps">Everything that happened to the rules that count.</param>
    public static RuleTestFailure? Transitions(RuleTest test, IReadOnlyList<TestStep> expected, IReadOnlyList<TestStep> steps)
    {
        // Who writes no pending step does not care for them.
        var withPending = expected.Any(step => IsBeforeAlert(step.Kind));
        TestStep[] got = [.. steps.Where(step => withPending || !IsBeforeAlert(step.Kind))];
        var diff = SequenceDiff.Of(expected, got, TestStep.Fits, step => step.ToString());
        return diff.Count == 0 ? null : new RuleTestFailure(test.Spot, "transitions:", diff);
    }

    private static bool IsBeforeAlert(TransitionKind kind) => kind is TransitionKind.Pending or TransitionKind.Cancelled;

    /// <summary>What happened, with those texts only that the test has asked for.</summary>
    private static IEnumerable<string> Lines(TestAlert alert, ExpectedAlert[] expected)
    {
        var asked = Array.Find(expected, one => one.Subject == alert.Subject && one.Tier == alert.Tier)
            ?? Array.Find(expected, one => one.Subject == alert.Subject);
        return Lines(alert.Subject, alert.Tier, Of(asked?.Labels, alert.Labels), Of(asked?.Annotations, alert.Annotations));
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(
        IReadOnlyList<KeyValuePair<string, string>>? asked, IReadOnlyDictionary<string, string> all) =>
        (asked ?? []).Where(text => all.ContainsKey(text.Key)).Select(text => KeyValuePair.Create(text.Key, all[text.Key]));

    private static IEnumerable<string> Lines(
        string subject, Tier tier, IEnumerable<KeyValuePair<string, string>> labels, IEnumerable<KeyValuePair<string, string>> annotations) =>
        labels.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"    {text.Key}={text.Value}")
            .Concat(annotations.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"    {text.Key}: \"{text.Value}\""))
            .Prepend($"{subject}  {tier.Name()}");
}
