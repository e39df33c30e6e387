namespace Fengsui.Rules.Import;

/// <summary>An import under way: the rules and notes so far. What it writes passes the check of rule files.</summary>
internal sealed class ImportJob
{
    /// <summary>Bound on the number that makes a name new.</summary>
    private const int MaxSameNames = 10_000;

    private readonly List<ImportedRule> _rules = [];
    private readonly List<ImportedSchedule> _schedules = [];
    private readonly List<ImportNote> _notes = [];

    public void Lose(string place, string subject, string message) => _notes.Add(new ImportNote(place, subject, message, IsLoss: true));

    public void Assume(string place, string subject, string message) => _notes.Add(new ImportNote(place, subject, message, IsLoss: false));

    /// <summary>Takes a rule, unless our own reader refuses it: then it is left out with the reader's words.</summary>
    public void Add(ImportedRule rule)
    {
        var merged = _rules.FindIndex(other => CanBeTierOf(rule, other));
        if (merged >= 0)
        {
            var below = _rules[merged];
            var both = below with { Levels = [.. below.Levels, .. rule.Levels], Comments = [.. below.Comments, .. rule.Comments.Except(below.Comments)] };
            if (IsAccepted(both, rule.Place))
            {
                _rules[merged] = both;
                Assume(rule.Place, rule.Alert, "joined with the rule of the same name above as a higher tier; its own labels and texts are not kept");
            }

            return;
        }

        var named = rule with { Alert = NewName(rule) };
        if (IsAccepted(named, rule.Place))
        {
            _rules.Add(named);
        }
    }

    /// <summary>The name under which the schedule is kept: that of an equal one, or its own made unique.</summary>
    public string Add(ImportedSchedule schedule)
    {
        if (_schedules.Find(other => other.TimeZone == schedule.TimeZone && other.Spans.SequenceEqual(schedule.Spans)) is { } same)
        {
            return same.Name;
        }

        var named = schedule with { Name = $"{schedule.Name}-{_schedules.Count + 1}" };
        _schedules.Add(named);
        return named.Name;
    }

    public ImportResult Finish(IReadOnlyList<string> header) => new(RuleFileWriter.Write(header, _rules, _schedules), _rules.Count, _notes, []);

    /// <summary>Group and alert names make ids, in which <c>/</c> has a meaning.</summary>
    public static string NameOf(string name, string fallback)
    {
        var plain = string.Concat(name.Select(c => c == '/' || char.IsControl(c) ? '-' : c)).Trim();
        return plain.Length == 0 ? fallback : plain[..Math.Min(plain.Length, 120)].Trim();
    }

    private static bool CanBeTierOf(ImportedRule rule, ImportedRule other) =>
        rule.Group == other.Group && rule.Alert == other.Alert && rule.Selection == other.Selection && rule.Levels.Count == 1
        && rule.Levels[0].Tier > other.Levels[^1].Tier && rule.KeepFiringForMs == other.KeepFiringForMs && rule.MaxGapMs == other.MaxGapMs;

    private string NewName(ImportedRule rule)
    {
        bool IsTaken(string name) => _rules.Exists(other => other.Group == rule.Group && other.Alert == name);
        return !IsTaken(rule.Alert)
            ? rule.Alert
            : Enumerable.Range(2, MaxSameNames).Select(number => $"{rule.Alert}-{number}").First(name => !IsTaken(name));
    }

    private bool IsAccepted(ImportedRule rule, string place)
    {
        var text = RuleFileWriter.Write([], [rule], _schedules);
        var mistakes = RuleSet.Parse([new RuleFile("import", text)]).Diagnostics.Where(one => one.Severity == Severity.Error).ToList();
        foreach (var mistake in mistakes)
        {
            Lose(place, rule.Alert, mistake.Message + (mistake.Expected.Length == 0 ? "" : $" (expected {mistake.Expected})"));
        }

        return mistakes.Count == 0;
    }
}
