using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Lint;

/// <summary>Metrics that no device has reported so far.</summary>
internal sealed class MetricCheck(IReadOnlySet<string>? reported) : IRuleCheck
{
    public void Check(LintedRule rule)
    {
        if (reported is null)
        {
            return;
        }

        for (var i = 0; i < rule.Rule.Levels.Count; i++)
        {
            foreach (var metric in SetPoints.MetricsOf(rule.Rule.Levels[i].Nodes).Where(metric => !reported.Contains(metric)))
            {
                rule.Warn(rule.SpotOf(i, "expr"), LintCodes.UnreportedMetric, $"no device has reported the metric '{metric}' so far{NearMiss.Hint(metric, reported.Order(StringComparer.Ordinal))}");
            }
        }
    }
}
