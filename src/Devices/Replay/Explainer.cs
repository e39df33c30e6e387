using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.Replay;

/// <summary>Explains an alert by running the slice of the journal behind it again, under the rules that were in force.</summary>
public sealed class Explainer
{
    /// <summary>Journal time shown before the condition began to hold and after the last step.</summary>
    private const long MarginMs = 30_000;

    /// <summary>Readings that are kept; of a longer alert, the first half and the newest half.</summary>
    private const int MaxReadings = 20_000;

    private readonly string _data;
    private readonly IReadOnlyList<AlertTransition> _logged;
    private readonly AlertTransition _first;
    private readonly string _subject;
    private readonly List<RuleStep> _steps = [];
    private readonly List<ExplainedReading> _readings = [];
    private RuleSetRecord? _version;
    private SlowRun? _run;
    private int _device = -1;
    private long _leftOut;

    private Explainer(string data, IReadOnlyList<AlertTransition> logged)
    {
        _data = data;
        _logged = logged;
        _first = logged[0];
        _subject = _first.Device.Length > 0 ? _first.Device : _first.Zone;
    }

    /// <param name="dataDirectory">The data directory of a server, running or not.</param>
    /// <param name="id">Of an alert, of one of its episodes, or of one of its transitions.</param>
    /// <returns>Null when the alert log has no such alert.</returns>
    /// <exception cref="InvalidDataException">The journal no longer reaches back to the alert, or its rule cannot be read.</exception>
    public static Explanation? Explain(string dataDirectory, string id, CancellationToken cancellation)
    {
        // The id of an alert is that of its first episode.
        var logged = AlertLogFile.ReadTransitions(Path.Combine(dataDirectory, "alerts")).Where(step => step.Episode == id || step.Id == id).ToList();
        if (logged.Count == 1 && logged[0].Episode != id)
        {
            return Explain(dataDirectory, logged[0].Episode, cancellation);
        }

        return logged.Count == 0 ? null : new Explainer(dataDirectory, logged).Run(cancellation);
    }

    private Explanation Run(CancellationToken cancellation)
    {
        var begin = Math.Min(_first.StartTimeMs, _first.ReceiveTimeMs) - MarginMs;
        _run = new SlowRun(
            new JournalRunOptions { DataDirectory = _data, StartMs = begin, EndMs = _logged[^1].ReceiveTimeMs + MarginMs }, entry => After(entry, begin));
        _run.Run(cancellation);
        var version = _version ?? throw new InvalidDataException(
            $"the journal no longer holds what led to the alert {_first.AlertId} of {AlertJson.Time(_first.EventTimeMs)}, or running it again does not give it");
        return new Explanation
        {
            Logged = _logged,
            Rule = RuleSet.Parse(version.Files).RuleSet?.Rules.FirstOrDefault(rule => rule.Id == _first.Rule)
                ?? throw new InvalidDataException($"rule {_first.Rule} of version {version.Version} can no longer be read"),
            Version = version,
            Steps = _steps,
            Readings = _readings,
            IsConfirmed = _steps.Select(step => step.Alert).OfType<AlertTransition>().Select(Text).SequenceEqual(_logged.Select(Text)),
            Faults = [.. _run.Faults, .. _leftOut > 0 ? [$"{_leftOut} readings in the middle are left out"] : Array.Empty<string>()],
        };
    }

    private void After(in SlowEntry entry, long begin)
    {
        var core = _run!.Core;
        foreach (var step in core.Steps!.Where(IsOurs))
        {
            // A row is processed as a batch of its own: its place in the true batch is known here only.
            var index = entry.Index >= 0 ? entry.Index : step.JournalIndex;
            _steps.Add(step with { JournalIndex = index, Alert = step.Alert is { } alert ? alert with { JournalIndex = index } : null });
            _version = step.Kind == TransitionKind.Firing ? core.Actors.RuleSetRecord : _version;
        }

        if (entry.ReceiveMs >= begin)
        {
            Look(entry);
        }
    }

    private bool IsOurs(RuleStep step) => step.Rule == _first.Rule && step.Subject == _subject && step.StartTimeMs == _first.StartTimeMs;

    private void Look(in SlowEntry entry)
    {
        var core = _run!.Core;
        RuleView? view = null;
        var eventMs = entry.ReceiveMs;
        if (_first.Device.Length == 0)
        {
            view = core.Actors.Zones.Find(_subject)?.Look(_first.Rule, core.Clock);
        }
        else if (entry.Device < 0 ? core.Steps!.Exists(IsOurs) : entry.Device == Device())
        {
            var actor = core.Actors.Find(Device());
            view = actor?.Look(_first.Rule, core.Clock);
            eventMs = entry.Device < 0 || actor is null ? entry.ReceiveMs : actor.WatermarkMs;
        }

        if (view is not null && !(_first.Device.Length == 0 && IsSame(view)))
        {
            Keep(new ExplainedReading(eventMs, entry.ReceiveMs, entry.Position, entry.Index, entry.Source, view.Values, view.Levels));
        }
    }

    /// <summary>A zone is looked at after everything: only what changed is shown.</summary>
    private bool IsSame(RuleView view) =>
        _readings.Count > 0 && !_run!.Core.Steps!.Exists(IsOurs) && _readings[^1].Values.SequenceEqual(view.Values) && _readings[^1].Levels.SequenceEqual(view.Levels);

    private void Keep(ExplainedReading reading)
    {
        if (_readings.Count == MaxReadings)
        {
            _readings.RemoveRange(MaxReadings / 2, MaxReadings / 4);
            _leftOut += MaxReadings / 4;
        }

        _readings.Add(reading);
    }

    private int Device() => _device >= 0 ? _device : _device = _run!.Registry.Devices.Find(_subject)?.Id ?? -1;

    private static string Text(AlertTransition step) => System.Text.Encoding.UTF8.GetString(AlertJson.ToBytes(step.AsOfRule()));
}
