namespace Fengsui.Scenarios.Scoring;

/// <summary>The judgement of one run.</summary>
/// <param name="Rules">By name; those that were due, fired or had to be quiet.</param>
/// <param name="Total">All of them together.</param>
/// <param name="Verdicts">Every episode and every alert, in the order of time.</param>
public sealed record Score(IReadOnlyList<RuleScore> Rules, RuleScore Total, IReadOnlyList<Verdict> Verdicts)
{
    public IEnumerable<Verdict> Mistakes => Verdicts.Where(verdict => !verdict.IsRight);
}
