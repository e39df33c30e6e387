using System.Globalization;
using Fengsui.Api.Commands.Rules.Explain;
using Fengsui.Api.Security;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Spectre.Console;

namespace Fengsui.Api.Commands.Alerts;

/// <summary>The story of an alert for people: what led to it, then everything that happened, by time.</summary>
internal sealed class StoryReport
{
    /// <summary>Where the output is no terminal: wide enough for a table without broken lines.</summary>
    private const int PlainWidth = 200;

    private readonly AlertStory _story;
    private readonly StoryWords _words;
    private readonly IAnsiConsole _console;

    public StoryReport(AlertStory story, StoryWords words, TextWriter output)
    {
        _story = story;
        _words = words;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
        {
            _console.Profile.Width = PlainWidth;
        }
    }

    public void Write()
    {
        WriteHead();
        WriteWhy();
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in (string[])[_words.Time, _words.What, _words.Who, _words.Detail, _words.Record])
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)));
        }

        foreach (var (_, cells) in Lines().OrderBy(line => line.TimeMs))
        {
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        _console.Write(table);
        if (!_story.Records.Any(record => record.Record.Kind == AuditKind.Delivery))
        {
            _console.WriteLine(_words.NoReceiver);
        }
    }

    private void WriteHead()
    {
        var first = _story.Entries[0];
        var last = _story.Entries[^1];
        _console.WriteLine($"{_words.Alert} {_story.AlertId}: {first.Rule}, {first.Subject}{(first.IsOfZone ? "" : $" ({first.Zone})")}, {_words.TierOf(last.ToldTier)}");
        if (_story.Explanation is { } explanation)
        {
            var version = explanation.Version;
            _console.WriteLine($"{_words.Rule} {explanation.Rule.Spot.File}:{explanation.Rule.Spot.Line}, {_words.Version} {version.Version}, {AlertJson.Time(version.TimeMs)}, {version.Author}");
        }
    }

    private void WriteWhy()
    {
        if (_story.Explanation is { } explanation)
        {
            _console.WriteLine(_words.Why);
            foreach (var sentence in new WhySentences(explanation, _words.IsChinese ? WhyPhrases.Chinese : WhyPhrases.English).All())
            {
                _console.WriteLine("  " + sentence);
            }
        }
        else if (_story.ExplanationFault.Length > 0)
        {
            _console.WriteLine($"{_words.NoExplanation}: {_story.ExplanationFault}");
        }
    }

    private IEnumerable<(long TimeMs, string[] Cells)> Lines()
    {
        foreach (var entry in _story.Entries)
        {
            var proof = _story.RecordOf(entry) is { } record ? Number(record) : _words.NotOnRecord;
            yield return entry is AlertEvent happened
                ? (entry.ReceiveTimeMs, [AlertJson.Time(entry.ReceiveTimeMs), _words.EventOf(happened), Who(happened), happened.Note, proof])
                : (entry.ReceiveTimeMs, [AlertJson.Time(entry.ReceiveTimeMs), _words.StepOf((AlertTransition)entry), entry.Rule, Texts((AlertTransition)entry), proof]);
        }

        foreach (var publication in _story.Publications)
        {
            var entry = publication.Entry;
            yield return (entry.ReceiveTimeMs, [AlertJson.Time(entry.ReceiveTimeMs), _words.Published, _words.Subscribers, _words.PlacesOf(publication), _story.RecordOf(entry) is { } record ? Number(record) : _words.NotOnRecord]);
        }

        foreach (var entry in _story.Records)
        {
            var record = entry.Record;
            if (record.Kind == AuditKind.Delivery)
            {
                var outcome = _words.OutcomeOf(StoryDetail.Text(entry, "outcome"));
                yield return (record.TimeMs, [AlertJson.Time(record.TimeMs), $"{_words.Told}: {outcome}", record.Subject, Told(entry), Number(entry)]);
            }
            else if (record.Kind is AuditKind.Command or AuditKind.CommandRefused)
            {
                yield return (record.TimeMs, [AlertJson.Time(record.TimeMs), $"{_words.Asked}: {StoryDetail.Text(entry, "command")}", NameOf(record.Actor), StoryDetail.Text(entry, "note"), Number(entry)]);
            }
            else if (record.Kind == AuditKind.Access)
            {
                yield return (record.TimeMs, [AlertJson.Time(record.TimeMs), _words.Read, NameOf(record.Actor), StoryDetail.Text(entry, "action"), Number(entry)]);
            }
        }
    }

    private static string Told(AuditEntry entry) => $"{StoryDetail.Text(entry, "entries")}, #{StoryDetail.Text(entry, "attempt")}, {StoryDetail.Text(entry, "duration_ms")} ms {StoryDetail.Text(entry, "answer")}".TrimEnd();

    /// <summary>Who needed no key acted in no capacity; logs of before call them api.</summary>
    private string Who(AlertEvent happened) => happened.Actor is Caller.NoKey or "api" ? _words.NoKey : happened.Capacity.Length > 0 ? $"{happened.Actor} ({happened.Capacity})" : happened.Actor;

    private string NameOf(string actor) => actor is Caller.NoKey or "api" ? _words.NoKey : actor;

    /// <summary>The rule's text in the reader's language, as far as the rule has one.</summary>
    private string Texts(AlertTransition step) =>
        step.Annotations.GetValueOrDefault(_words.IsChinese ? "summary_zh" : "summary") ?? step.Annotations.GetValueOrDefault("summary") ?? step.Reason;

    private static string Number(AuditEntry entry) => "#" + entry.Sequence.ToString(CultureInfo.InvariantCulture);
}
