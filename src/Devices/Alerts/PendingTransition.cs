namespace Fengsui.Devices.Alerts;

/// <summary>A transition on its way from a shard to the log; <see cref="Ordinal"/> counts those of one journal entry.</summary>
internal readonly record struct PendingTransition(AlertTransition Transition, int Ordinal)
{
    /// <summary>The order of the alert log.</summary>
    public (long Position, int Index, int Ordinal) Place => (Transition.JournalPosition, Transition.JournalIndex, Ordinal);
}
