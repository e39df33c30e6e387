using Fengsui.Devices.Alerts.Storage;
using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// Brings what the shards give, in the order of the journal, to the board of alerts, and makes entries of what it decides. The same for the live log, a replay
/// and a back-test. One thread, except for <see cref="Expect"/>.
/// </summary>
internal sealed class AlertDeskCore
{
    private readonly AlertBoard _board = new();
    private readonly CommandMemory _commands = new();
    private readonly List<(string Id, AlertCommandResult Result)> _answers = [];
    private readonly CommandWaiters _waiters = new();

    public AlertBoard Board => _board;

    /// <summary>All that it knows of the log; between two calls.</summary>
    public DeskImage Image() => new(_board.Image(), _commands.All());

    /// <summary>Goes on from what another knew; before anything else.</summary>
    public void Restore(DeskImage image)
    {
        _board.Restore(image.Board);
        foreach (var accepted in image.Commands)
        {
            _commands.Add(accepted);
        }
    }

    /// <summary>An entry of the log, in its order; before anything is taken.</summary>
    public void Fold(AlertEntry entry)
    {
        if (entry.IsShadow)
        {
            return;
        }

        if (entry is AlertTransition transition)
        {
            _board.Fold(EntryForms.StepOf(transition));
            return;
        }

        var happened = (AlertEvent)entry;
        _board.Fold(happened.AlertId, EntryForms.FactOf(happened));
        _commands.Add(happened);
    }

    /// <param name="isLogged">Whether its position is in the log: then only what is not of the log is taken over.</param>
    /// <param name="into">Gets the entries that it leads to.</param>
    public void Take(in PendingTransition pending, bool isLogged, List<AlertEntry> into)
    {
        if (pending.Input is PolicyInput policy)
        {
            _board.Adopt(policy.Rules.Duties, policy.Rules.Noise);
        }
        else if (isLogged)
        {
            return;
        }
        else if (pending.Transition is { } transition)
        {
            Take(transition, into);
        }
        else if (pending.Tick is { } tick)
        {
            _board.Tick(tick.TimeMs);
            Add(tick.Position, TickInput.Index, into);
        }
        else if (pending.Input is CommandInput command)
        {
            _answers.Add((command.Record.Command.Id, Take(command, into)));
        }
    }

    /// <summary>What was taken is durable: whoever waits is told.</summary>
    public void Answer()
    {
        foreach (var (id, result) in _answers)
        {
            _waiters.Answer(id, result);
        }

        _answers.Clear();
    }

    /// <summary>The answer to a command that is about to be appended. Any thread.</summary>
    /// <exception cref="ObjectDisposedException">Of the task, when the engine stops before.</exception>
    public Task<AlertCommandResult> Expect(string commandId) => _waiters.Expect(commandId);

    public void Close() => _waiters.Close();

    private void Take(AlertTransition transition, List<AlertEntry> into)
    {
        if (transition.IsShadow)
        {
            into.Add(transition with { Version = transition.Sequence });
            return;
        }

        var step = _board.Take(EntryForms.StepOf(transition));
        into.Add(EntryForms.Completed(transition, step));
        Add(transition.JournalPosition, transition.JournalIndex, into);
    }

    private AlertCommandResult Take(CommandInput input, List<AlertEntry> into)
    {
        var (command, record) = (input.Record.Command, input.Record);
        if (_commands.Find(command.Id) is { } before)
        {
            return before.AlertId == command.AlertId
                ? AlertCommandResult.Accepted(before)
                : AlertCommandResult.Refused(0, "a command of this id was given for another alert");
        }

        var answer = _board.Take(command, record.Author, record.Capacities, input.TimeMs);
        var first = into.Count;
        Add(input, into);
        return answer.Known is not { } known ? AlertCommandResult.NotFound()
            : answer.IsAccepted ? AlertCommandResult.Accepted((AlertEvent)into[first])
            : answer.Refusal is { } refusal ? AlertCommandResult.Refused(known.Version, refusal)
            : AlertCommandResult.Conflict(known.Version);
    }

    private void Add(AlertInput input, List<AlertEntry> into) => Add(input.Position, Math.Max(input.Index, 0), into);

    private void Add(long position, int index, List<AlertEntry> into)
    {
        foreach (var decision in _board.Decisions)
        {
            var happened = EntryForms.EventOf(decision, position, index);
            _commands.Add(happened);
            into.Add(happened);
        }
    }
}
