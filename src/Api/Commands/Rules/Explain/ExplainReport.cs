using System.Globalization;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>An explanation for people.</summary>
internal sealed class ExplainReport(Explanation explanation, TextWriter output)
{
    /// <summary>Lines of readings without <c>--all</c>.</summary>
    private const int MaxLines = 40;

    /// <summary>Readings shown before and after each step, when not all fit.</summary>
    private const int Around = 3;

    public void Write(bool all)
    {
        WriteHead();
        WriteSteps();
        output.WriteLine();
        output.WriteLine("WHY");
        foreach (var sentence in new WhySentences(explanation, WhyPhrases.English).All())
        {
            output.WriteLine($"  {sentence}");
        }

        output.WriteLine();
        output.WriteLine(explanation.IsConfirmed
            ? "Running the journal again gave exactly the steps that were logged."
            : "NOTE: running the journal again does not give exactly what was logged: this program judges otherwise than the one that logged it.");
        foreach (var fault in explanation.Faults)
        {
            output.WriteLine($"note: {fault}");
        }

        output.WriteLine();
        WriteReadings(all);
    }

    private void WriteHead()
    {
        var last = explanation.Logged[^1];
        var (rule, version) = (explanation.Rule, explanation.Version);
        var subject = last.Device.Length > 0 ? $"{last.Device} in {last.Zone}" : $"zone {last.Zone}";
        output.WriteLine($"alert {last.AlertId}: {last.Rule} on {subject}, {(last.IsActive ? $"{last.State.Name()} at {last.Tier.Name()}" : $"resolved ({last.Reason})")}{(last.IsShadow ? ", in shadow" : "")}");
        output.WriteLine($"rule  {rule.Spot.File}:{rule.Spot.Line}, version {version.Version} of {AlertJson.Time(version.TimeMs)} by {version.Author} ({version.Origin}){(version.Comment.Length > 0 ? $": {version.Comment}" : "")}");
        foreach (var level in rule.Levels)
        {
            output.WriteLine($"      {level.Tier.Name()}: {level.Expression}{(level.ForMs > 0 ? $", for {DurationWords.Of(level.ForMs)}" : "")}{(level.ClearExpression is { } clear ? $"; clear: {clear}" : "")}{(level.HoldMs > 0 ? $"; held for {DurationWords.Of(level.HoldMs)} after that" : "")}");
        }

        output.WriteLine();
    }

    private void WriteSteps()
    {
        var table = new TextTable("STEP", "EVENT TIME", "RECEIVED", "JOURNAL", "FROM", "READ");
        foreach (var step in explanation.Steps)
        {
            var cause = explanation.CauseOf(step);
            table.Add(
                step.Alert is { } alert ? $"{alert.State.Name()}{(alert.IsActive ? " " + alert.Tier.Name() : "")}" : step.Kind == TransitionKind.Pending ? "pending" : "cancelled",
                AlertJson.Time(step.EventTimeMs),
                AlertJson.Time(step.ReceiveTimeMs),
                string.Create(CultureInfo.InvariantCulture, $"{step.JournalPosition}/{step.JournalIndex}"),
                cause?.Source ?? "-",
                cause is null ? "-" : ValueWords.All(explanation.Rule, cause.Values, WhyPhrases.English.Unknown));
        }

        table.Write(output);
    }

    private void WriteReadings(bool all)
    {
        var readings = explanation.Readings;
        var shown = all || readings.Count <= MaxLines ? Enumerable.Range(0, readings.Count).ToList() : Condensed();
        string[] heads = ["EVENT TIME", "RECEIVED", "FROM", .. explanation.Rule.Inputs.Select((_, index) => ValueWords.Head(explanation.Rule, index)), .. explanation.Rule.Levels.Select(level => level.Tier.Name()), ""];
        var table = new TextTable(heads);
        var last = -1;
        foreach (var index in shown)
        {
            if (index > last + 1)
            {
                table.Add([$"… {index - last - 1} more", .. Enumerable.Repeat("", heads.Length - 1)]);
            }

            table.Add(Line(readings[index]));
            last = index;
        }

        table.Write(output);
        if (shown.Count < readings.Count)
        {
            output.WriteLine($"{shown.Count} of {readings.Count} readings; --all shows them all");
        }
    }

    private string[] Line(ExplainedReading reading)
    {
        var steps = explanation.Steps.Where(step => ReferenceEquals(explanation.CauseOf(step), reading)).Select(step => step.Alert?.State.Name() ?? "pending");
        return
        [
            AlertJson.Time(reading.EventMs),
            AlertJson.Time(reading.ReceiveMs),
            reading.Source,
            .. reading.Values.Select((value, index) => ValueWords.Of(explanation.Rule, index, value)),
            .. reading.Levels.Select(Word),
            string.Join(", ", steps) is { Length: > 0 } text ? "<- " + text : "",
        ];
    }

    /// <summary>Those around the steps, and of the others as many as fit, evenly.</summary>
    private List<int> Condensed()
    {
        var count = explanation.Readings.Count;
        var shown = new SortedSet<int>();
        foreach (var step in explanation.Steps.Take(MaxLines / (2 * Around)))
        {
            if (explanation.CauseOf(step) is { } cause)
            {
                var at = explanation.Readings.ToList().IndexOf(cause);
                shown.UnionWith(Enumerable.Range(at - Around, 2 * Around + 1).Where(index => index >= 0 && index < count));
            }
        }

        var room = Math.Max(0, (MaxLines - shown.Count) / 2);
        shown.UnionWith(Enumerable.Range(0, room).Select(i => (int)((long)i * count / room)));

        // To say that one is left out takes as much room as that one.
        shown.UnionWith(shown.Where(index => index + 2 < count && !shown.Contains(index + 1) && shown.Contains(index + 2)).Select(index => index + 1).ToArray());
        return [.. shown];
    }

    private static string Word(Truth truth) => truth switch
    {
        Truth.True => "true",
        Truth.False => "false",
        _ => "unknown",
    };
}
