using System.Globalization;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>The result of a back-test for people.</summary>
internal static class ReplayReport
{
    /// <summary>Alerts listed one by one; <c>--json</c> has them all.</summary>
    private const int MaxListed = 100;

    /// <summary>Of each rule at least so many.</summary>
    private const int MinListed = 3;

    public static void Write(TextWriter output, BackTestResult result, string what)
    {
        var range = result.ToMs - result.FromMs;
        output.WriteLine($"{what}, {AlertJson.Time(result.FromMs)} to {AlertJson.Time(result.ToMs)} ({DurationWords.Of(range)})");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Rows:N0} rows, {result.Readings:N0} readings in {result.Elapsed.TotalSeconds:0.0} s{Ratio(result)}{WarmUp(result)}"));
        foreach (var fault in result.Faults)
        {
            output.WriteLine($"note: {fault}");
        }

        if (result.Versions.Count > 1)
        {
            var changes = result.Versions.Skip(1).Select(one => $"{one.Version} since {AlertJson.Time(one.SinceMs)}");
            output.WriteLine($"note: what did fire is of several versions of the rules: {result.Versions[0].Version}, {string.Join(", ", changes)}. 'fengsui rules diff' shows how they differ, --from and --to narrow the range to one");
        }

        if (result.Untried.Count > 0)
        {
            output.WriteLine($"note: not among the rules tried, though they fired: {string.Join(", ", result.Untried)}; --rules is the whole rule set, not a part of it");
        }

        output.WriteLine();
        WriteTable(output, result);
        if (result.IsCompared)
        {
            WriteDifferences(output, result);
        }
    }

    private static void WriteTable(TextWriter output, BackTestResult result)
    {
        if (result.Rules.Count == 0)
        {
            output.WriteLine(result.IsCompared ? "nothing fired, and nothing would have" : "nothing would have fired");
            return;
        }

        var table = result.IsCompared
            ? new TextTable("RULE", "FIRED", "WOULD", "FIRST", "LAST", "FIRING", "TIERS", "DIFFERENCE")
            : new TextTable("RULE", "WOULD", "FIRST", "LAST", "FIRING", "TIERS");
        foreach (var rule in result.Rules)
        {
            string[] about =
            [
                Number(rule.Would.Count),
                rule.Would.Count == 0 ? "-" : AlertJson.Time(rule.Would.Min(alert => alert.FiredMs)),
                rule.Would.Count == 0 ? "-" : AlertJson.Time(rule.Would.Max(alert => alert.FiredMs)),
                rule.Would.Count == 0 ? "-" : DurationWords.Of(rule.Would.Sum(alert => alert.FiringMs(result.FromMs, result.ToMs))),
                TiersOf(rule),
            ];
            table.Add(result.IsCompared ? [rule.Rule, Number(rule.Did.Count), .. about, DifferenceWords.Summary(rule)] : [rule.Rule, .. about]);
        }

        table.Write(output);
    }

    private static void WriteDifferences(TextWriter output, BackTestResult result)
    {
        var all = result.Rules.SelectMany(rule => rule.Differences).ToList();
        output.WriteLine();
        if (all.Count == 0)
        {
            output.WriteLine("no difference: these rules would have fired exactly as those in force did");
            return;
        }

        // So that a rule with many devices does not crowd out the others.
        var different = result.Rules.Where(rule => rule.Differences.Count > 0).ToList();
        var each = Math.Max(MinListed, MaxListed / different.Count);
        foreach (var rule in different)
        {
            foreach (var difference in rule.Differences.Take(each))
            {
                output.WriteLine(Line(difference));
            }

            if (rule.Differences.Count > each)
            {
                output.WriteLine($"… and {rule.Differences.Count - each} more of {rule.Rule}; --json has all");
            }
        }

        output.WriteLine($"{all.Count(one => one.Did is null)} would have fired and did not (+), {all.Count(one => one.Would is null)} did and would not (−), {all.Count(one => one.Did is not null && one.Would is not null)} otherwise (~)");
    }

    private static string Line(AlertDifference difference)
    {
        var shown = (difference.Would ?? difference.Did)!;
        var sign = difference.Did is null ? '+' : difference.Would is null ? '−' : '~';
        var until = shown.EndedMs is { } end ? $"for {DurationWords.Of(end - shown.FiredMs)}" : "still firing";
        var how = DifferenceWords.Of(difference);
        return $"{sign} {AlertJson.Time(shown.FiredMs)}  {difference.Rule}  {difference.Subject}  {shown.HighestTier.Name()}, {until}{(how.Length > 0 ? ": " : "")}{how}";
    }

    /// <summary>How often each tier was the highest: <c>general 3, major 1</c>.</summary>
    private static string TiersOf(RuleComparison rule) =>
        rule.Would.Count == 0 ? "-" : string.Join(", ", rule.Would.CountBy(alert => alert.HighestTier).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key.Name()} {Number(pair.Value)}"));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Ratio(BackTestResult result) => result.Elapsed > TimeSpan.Zero && result.ToMs > result.WarmUpFromMs
        ? string.Create(CultureInfo.InvariantCulture, $", {(result.ToMs - result.WarmUpFromMs) / result.Elapsed.TotalMilliseconds:0} x real time")
        : "";

    private static string WarmUp(BackTestResult result) =>
        result.WarmUpFromMs < result.FromMs ? $", warmed up from {AlertJson.Time(result.WarmUpFromMs)}" : "";
}
