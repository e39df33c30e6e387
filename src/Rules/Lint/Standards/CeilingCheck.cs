using Fengsui.Rules.Binding;
using Fengsui.Rules.Library;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Lint.Standards;

/// <summary>
/// Set-points beyond what the standard allows. The base tier is the first set-point, the next tier the second. A rule is held
/// to the standard that its label <c>standard</c> names, and without the label to the one for its metric.
/// </summary>
internal sealed class CeilingCheck(IReadOnlyList<Rule> rules, RuleLibrary library, DateOnly asOf) : IRuleCheck
{
    private const string Label = "standard";

    /// <summary>The rule is held to no standard.</summary>
    private const string None = "none";

    /// <summary>What counts when a rule names none.</summary>
    private static readonly string[] Defaults = [StandardTable.FixedDetectors, StandardTable.RoadTransport];

    private static readonly string[] Names = [.. StandardTable.All.Select(limit => limit.Standard).Distinct()];

    public void Check(LintedRule rule)
    {
        if (StandardsOf(rule) is not { Count: > 0 } standards)
        {
            return;
        }

        for (var level = 0; level < Math.Min(2, rule.Rule.Levels.Count); level++)
        {
            foreach (var point in SetPoints.Of(rule.Rule.Levels[level].Condition))
            {
                CheckPoint(rule, level, point, standards);
            }
        }
    }

    private IReadOnlyList<string> StandardsOf(LintedRule rule)
    {
        var named = rule.Rule.Labels.GetValueOrDefault(Label) ?? (rule.Rule.Annotations.TryGetValue(Label, out var text) ? text.Source : null);
        if (named is null)
        {
            return Defaults;
        }

        if (named == None)
        {
            return [];
        }

        var spot = rule.SpotOf(rule.Has("labels") ? "labels" : "annotations");
        if (Array.Find(Names, name => Plain(name) == Plain(named)) is not { } known)
        {
            rule.Warn(spot, LintCodes.UnknownStandard, $"no limits of '{named}' are known here{NearMiss.Hint(named, Names)}", $"{None}, or one of {string.Join(", ", Names)}");
            return [];
        }

        if (StandardTable.All.Where(limit => limit.Standard == known).All(limit => !limit.CountsOn(asOf)))
        {
            var from = StandardTable.All.First(limit => limit.Standard == known).InForceFrom;
            rule.Warn(spot, LintCodes.NotInForce, $"{known} is not in force on {asOf:yyyy-MM-dd}", $"a day from {from:yyyy-MM-dd} on");
            return [];
        }

        return [known];
    }

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private void CheckPoint(LintedRule rule, int level, SetPoint point, IReadOnlyList<string> standards)
    {
        if (LimitOf(rule.Rule, point, level + 1, standards) is not { } limit || FigureIn(limit, point.Metric) is not { } figure || IsWithin(point, figure))
        {
            return;
        }

        // Two rules may share the levels: this one the second set-point, another rule of the same devices the first.
        if (level == 0 && LimitOf(rule.Rule, point, 2, standards) is { } second && FigureIn(second, point.Metric) is { } higher
            && IsWithin(point, higher) && HasFirstLevel(rule.Rule, point, figure))
        {
            return;
        }

        var unit = UnitOf(limit, point.Metric);
        var which = limit.Unit == unit ? "" : $" = {Written(limit.Figure)} {limit.Unit} at 20 °C";
        var since = limit.InForceFrom is { } day ? $", in force since {day:yyyy-MM-dd}" : "";
        rule.Warn(
            rule.SpotOf(level, "expr"),
            LintCodes.AboveCeiling,
            $"the set-point {Written(point.Value)} {unit} of {point.Metric} is {(point.IsUpper ? "above the ceiling" : "below the floor")} of level {level + 1}, "
            + $"{Written(figure)} {unit}{which} ({limit.Standard} {limit.Clause}{since}; certainty {Mark(limit.Certainty)})",
            $"at {(point.IsUpper ? "most" : "least")} {Written(figure)} {unit}");
    }

    private StandardLimit? LimitOf(Rule rule, SetPoint point, int level, IReadOnlyList<string> standards)
    {
        var metric = point.Metric[(point.Metric.LastIndexOf('.') + 1)..];
        return StandardTable.All
            .Where(limit => limit.Metric == metric && limit.Level == level && limit.IsUpper == point.IsUpper && standards.Contains(limit.Standard)
                && limit.CountsOn(asOf) && (limit.OnlyWith is not { } label || HasLabel(rule, label)))
            .OrderByDescending(limit => limit.OnlyWith is not null)
            .FirstOrDefault();
    }

    private static bool HasLabel(Rule rule, string label)
    {
        var parts = label.Split('=');
        return rule.Labels.TryGetValue(parts[0], out var value) && value == parts[1];
    }

    private bool HasFirstLevel(Rule rule, SetPoint point, double figure) => rules.Any(other =>
        other != rule && !other.Disabled && !other.Shadow
        && (other.Selector.IsEveryDevice || other.Selector.ToString() == rule.Selector.ToString())
        && SetPoints.Of(other.Levels[0].Condition).Any(own => own.Metric == point.Metric && own.IsUpper == point.IsUpper && IsWithin(own, figure)));

    /// <summary>The limit in the unit of the metric, to three digits as such tables give it; null when it cannot be said in it.</summary>
    private double? FigureIn(StandardLimit limit, string metric)
    {
        var unit = UnitOf(limit, metric);
        if (unit == limit.Unit)
        {
            return limit.Figure;
        }

        var gas = metric[(metric.LastIndexOf('.') + 1)..];
        return unit == "ppm" && GasConversion.ToPpm(gas, limit.Figure) is { } ppm ? Rounded(ppm) : null;
    }

    /// <summary>That of the metric where it is known; otherwise values are taken to be in the limit's.</summary>
    private string UnitOf(StandardLimit limit, string metric)
    {
        var reported = library.UnitOf(metric);
        var same = reported is not null && UnitTable.Find(limit.Unit) is { } unit && unit.Dimension == reported.Dimension && unit.Scale == reported.Scale;
        return reported is null || same ? limit.Unit : reported.Name;
    }

    private static double Rounded(double value)
    {
        var digits = 2 - (int)Math.Floor(Math.Log10(value));
        return Math.Round(value, Math.Clamp(digits, 0, 15));
    }

    private static bool IsWithin(SetPoint point, double figure) => point.IsUpper ? point.Value <= figure : point.Value >= figure;

    private static string Written(double value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private static string Mark(Certainty certainty) => certainty switch
    {
        Certainty.Source => "S: read in the standard",
        Certainty.Secondary => "2: quoted by a secondary source",
        _ => "R: recalled, to be verified",
    };
}
