namespace Fengsui.Devices.History.Embedded;

/// <summary>What the actor knows of a row when it hands it to history. One byte in the arena: never renumber.</summary>
[Flags]
public enum HistoryRowFlags : byte
{
    None = 0,

    /// <summary>
    /// The row is older than the actor's duplicate window reaches, so that only the store can tell whether it is new:
    /// its readings are compared with what is stored, and exact duplicates are dropped and counted.
    /// </summary>
    Late = 1,
}
