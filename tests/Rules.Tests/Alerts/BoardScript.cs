using System.Globalization;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

/// <summary>
/// A board, its log, and a clock in seconds. The log is what a real one is: steps as they were completed, and facts; so a board can be made anew from it.
/// </summary>
internal sealed class BoardScript
{
    private readonly RuleSet _rules;
    private readonly int _maxOpen;
    private readonly Dictionary<(string Rule, string Device), (string Id, int Sequence, Tier Tier)> _rule = [];
    private readonly List<(AlertStep? Step, string Id, AlertFact? Fact)> _log = [];
    private readonly List<string> _story = [];
    private int _episodes;
    private int _commands;

    public BoardScript(string yaml = "", int maxOpen = AlertBoard.DefaultMaxOpen)
    {
        _maxOpen = maxOpen;
        var parsed = RuleSet.Parse(yaml.Length == 0 ? [] : [new RuleFile("b.yaml", yaml)]);
        Assert.Empty(parsed.Diagnostics);
        _rules = parsed.RuleSet!;
        Board = NewBoard();
    }

    public AlertBoard Board { get; private set; }

    /// <summary>As <c>10 a firing major</c> and <c>12 a released</c>; what is held back says why, in brackets.</summary>
    public IReadOnlyList<string> Story => _story;

    public IReadOnlyList<(AlertStep? Step, string Id, AlertFact? Fact)> Log => _log;

    public IReadOnlyList<string> StoryFrom(int seconds) => [.. _story.Where(line => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) >= seconds)];

    public AlertStatus Of(string device, string rule = "g/R") => Board.Find(_log.Last(entry => entry.Step is { } step && step.Device == device && step.Rule == rule).Id)!;

    /// <summary>The rule has this tier for the device from now on; <see cref="Tier.None"/>: its condition is gone.</summary>
    public AlertStep Rule(double second, string device, Tier tier, string rule = "g/R", string zone = "z", string cause = "")
    {
        var (id, sequence, before) = _rule.GetValueOrDefault((rule, device), ("", 0, Tier.None));
        var isBegin = before == Tier.None;
        (id, sequence) = isBegin ? (string.Create(CultureInfo.InvariantCulture, $"{device}-{rule}-{++_episodes}"), 1) : (id, sequence + 1);
        _rule[(rule, device)] = (id, sequence, tier);
        var step = Board.Take(new AlertStep
        {
            AlertId = id,
            Rule = rule,
            Device = device,
            Zone = zone,
            Labels = cause.Length > 0 ? new Dictionary<string, string> { ["cause"] = cause } : new Dictionary<string, string>(),
            IsBegin = isBegin,
            Tier = tier,
            PreviousTier = before,
            AtMs = Ms(second),
            Sequence = sequence,
        });
        _log.Add((step, step.AlertId, null));
        Tell(second, device, tier == Tier.None ? "resolved" : (isBegin ? "firing " : "changed ") + tier.Name(), step.HeldBy);
        Take(second);
        return step;
    }

    public CommandAnswer Do(double second, string device, AlertAction action, string who = "li", string[]? capacities = null, Func<AlertCommand, AlertCommand>? with = null)
    {
        var status = Of(device);
        var command = new AlertCommand { Id = string.Create(CultureInfo.InvariantCulture, $"c{++_commands}"), AlertId = status.Id, ExpectedVersion = status.Version, Action = action, Note = "n", Assignee = "wang", DurationMs = 60_000 };
        var answer = Board.Take(with?.Invoke(command) ?? command, who, capacities ?? ["operator"], Ms(second));
        Take(second);
        return answer;
    }

    public void Tick(double second)
    {
        Board.Tick(Ms(second));
        Take(second);
    }

    /// <summary>A tick each second or at longer steps.</summary>
    public void Ticks(int from, int until, int step = 1)
    {
        for (var second = from; second <= until; second += step)
        {
            Tick(second);
        }
    }

    public void Adopt(string yaml)
    {
        var parsed = RuleSet.Parse([new RuleFile("b.yaml", yaml)]).RuleSet!;
        Board.Adopt(parsed.Duties, parsed.Noise);
    }

    /// <summary>What a restart does: the log is folded again.</summary>
    public void Restart()
    {
        Board = NewBoard();
        foreach (var (step, id, fact) in _log)
        {
            if (step is not null)
            {
                Board.Fold(step);
            }
            else
            {
                Board.Fold(id, fact!);
            }
        }
    }

    private AlertBoard NewBoard()
    {
        var board = new AlertBoard(_maxOpen);
        board.Adopt(_rules.Duties, _rules.Noise);
        return board;
    }

    private void Take(double second)
    {
        foreach (var decision in Board.Decisions)
        {
            _log.Add((null, decision.Status.Id, decision.Fact));
            Tell(second, decision.Status.Device, decision.Fact.Kind.Name(), decision.Fact.HeldBy);
        }
    }

    private void Tell(double second, string device, string what, HoldReason heldBy) =>
        _story.Add(string.Create(CultureInfo.InvariantCulture, $"{second} {device} {what}{(heldBy == HoldReason.None ? "" : $" [{heldBy.Name()}]")}"));

    private static long Ms(double second) => 1_700_000_000_000 + (long)(second * 1000);
}
