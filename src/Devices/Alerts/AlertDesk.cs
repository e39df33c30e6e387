using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>Takes in what people want done with alerts. An answer is given when what it says is durable.</summary>
public sealed class AlertDesk
{
    private readonly DeviceEngine _engine;
    private readonly AlertDeskCore _core;

    internal AlertDesk(DeviceEngine engine, AlertDeskCore core) => (_engine, _core) = (engine, core);

    /// <summary>Told of each command that was not done, with its author and the answer: to be put on record.</summary>
    internal Action<AlertCommand, string, AlertCommandResult>? NotDone { get; set; }

    /// <summary>Brings a command into the journal, and answers when its place has been processed. One with an id that was accepted before gets the same answer again.</summary>
    /// <param name="author">Who wants it: the name of the API key or of the person.</param>
    /// <param name="capacities">In which capacities the author may act: safety, customs, and names of roles.</param>
    public async Task<AlertCommandResult> SubmitAsync(AlertCommand command, string author, IReadOnlyList<string> capacities, CancellationToken cancellation)
    {
        if (AlertCommandCheck.Mistake(command, author, capacities) is { } mistake)
        {
            return Answer(command, author, AlertCommandResult.Refused(0, mistake));
        }

        var answer = _core.Expect(command.Id);
        var record = new AlertCommandRecord(_engine.Clock.NowMs(), author, capacities, command).Encode();
        while (!_engine.Intake.TryAppend(record, null, out _))
        {
            await _engine.Intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }

        return Answer(command, author, await answer.WaitAsync(cancellation).ConfigureAwait(false));
    }

    private AlertCommandResult Answer(AlertCommand command, string author, AlertCommandResult result)
    {
        if (result.Outcome != AlertCommandOutcome.Accepted)
        {
            NotDone?.Invoke(command, author, result);
        }

        return result;
    }
}
