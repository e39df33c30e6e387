using Fengsui.Rules.Binding;
using Fengsui.Rules.Library;
using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Lint.Standards;

/// <summary>
/// Set-points beyond what the standard allows. The base tier is the first set-point, the next tier the second. A rule is held
/// to the standard that its label <c>standard</c> names, and without the label to the one for its metric.
/// </summary>
internal sealed class CeilingCheck(IReadOnlyList<Rule> rules, RuleLibrary library, LintFacts facts) : IRuleCheck
{
    private const string Label = "standard";

    /// <summary>The rule is held to no standard.</summary>
    private const string None = "none";

    /// <summary>What two ways of converting one figure may differ by.</summary>
    private const double ConversionError = 1e-9;

    /// <summary>What counts when a rule names none.</summary>
    private static readonly string[] Defaults = [StandardTable.FixedDetectors, StandardTable.RoadTransport];

    private static readonly string[] Names = [.. StandardTable.All.Select(limit => limit.Standard).Distinct()];

    public void Check(LintedRule rule)
    {
        if (StandardsOf(rule) is not { Length: > 0 } standards)
        {
            return;
        }

        for (var level = 0; level < Math.Min(2, rule.Rule.Levels.Count); level++)
        {
            foreach (var point in PointsOf(rule.Rule, level))
            {
                CheckPoint(rule, level, point, standards);
            }
        }
    }

    /// <summary>Set-points of tables and labels are those of the devices that the rule selects.</summary>
    private IEnumerable<SetPoint> PointsOf(Rule rule, int level)
    {
        var condition = rule.Levels[level].Condition;
        return (facts.Profiles ?? []).Where(rule.Selector.Matches).SelectMany(profile => SetPoints.Of(condition, profile))
            .Concat(SetPoints.Of(condition, null))
            .Distinct();
    }

    private string[] StandardsOf(LintedRule rule)
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

        if (StandardTable.All.Where(limit => limit.Standard == known).All(limit => !limit.CountsOn(facts.AsOf)))
        {
            var from = StandardTable.All.First(limit => limit.Standard == known).InForceFrom;
            rule.Warn(spot, LintCodes.NotInForce, $"{known} is not in force on {facts.AsOf:yyyy-MM-dd}", $"a day from {from:yyyy-MM-dd} on");
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
        var which = limit.Unit == unit ? "" : $" = {Written(limit.Figure)} {limit.Unit} at {Written(library.ReferenceCelsius)} °C";
        var since = limit.InForceFrom is { } day ? $", in force since {day:yyyy-MM-dd}" : "";
        rule.Warn(
            rule.SpotOf(level, "expr"),
            LintCodes.AboveCeiling,
            $"the set-point {Written(point.Value)} {unit} of {point.Metric} is {(point.IsUpper ? "above the ceiling" : "below the floor")} of level {level + 1}, "
            + $"{Written(Rounded(figure))} {unit}{which} ({limit.Standard} {limit.Clause}{since}; certainty {Mark(limit.Certainty)})",
            $"at {(point.IsUpper ? "most" : "least")} {Written(Rounded(figure))} {unit}");
    }

    private StandardLimit? LimitOf(Rule rule, SetPoint point, int level, IReadOnlyList<string> standards)
    {
        var metric = point.Metric[(point.Metric.LastIndexOf('.') + 1)..];
        return StandardTable.All
            .Where(limit => limit.Metric == metric && limit.Level == level && limit.IsUpper == point.IsUpper && standards.Contains(limit.Standard)
                && limit.CountsOn(facts.AsOf) && (limit.OnlyWith is not { } label || HasLabel(rule, label)))
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
        && SetPoints.Of(other.Levels[0].Condition, null).Any(own => own.Metric == point.Metric && own.IsUpper == point.IsUpper && IsWithin(own, figure)));

    /// <summary>The limit in the unit of the metric, to three digits as such tables give it; null when it cannot be said in it.</summary>
    private double? FigureIn(StandardLimit limit, string metric)
    {
        var reported = library.UnitOf(metric);
        var own = UnitTable.Find(limit.Unit);
        if (reported is null || own is null || reported.Name == own.Name)
        {
            // Nobody said what the metric is in: as the limit, then.
            return limit.Figure;
        }

        var basis = GasTable.OfMetric(metric) is { } gas ? new GasBasis(gas, library.ReferenceCelsius) : null;
        var meant = own with { Gas = own.IsConcentration ? basis : null };
        return meant.ConvertsTo(reported) ? Lenient(meant.Convert(limit.Figure, reported), limit.IsUpper) : null;
    }

    /// <summary>What was converted by hand and rounded passes, and so does the limit itself in its own unit.</summary>
    private static double Lenient(double exact, bool isUpper) =>
        isUpper ? Math.Max(exact * (1 + ConversionError), Rounded(exact)) : Math.Min(exact * (1 - ConversionError), Rounded(exact));

    private string UnitOf(StandardLimit limit, string metric) => library.UnitOf(metric)?.Name ?? limit.Unit;

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
