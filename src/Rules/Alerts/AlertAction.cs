namespace Fengsui.Rules.Alerts;

/// <summary>What a person may do with an alert. In the journal: never renumber.</summary>
public enum AlertAction : byte
{
    Acknowledge = 1,
    Assign = 2,
    Shelve = 3,
    Unshelve = 4,

    /// <summary>Begin the disposal, or say that it is done (<see cref="AlertCommand.IsFinal"/>).</summary>
    Dispose = 5,

    Verify = 6,
    Close = 7,
    Reopen = 8,
}
