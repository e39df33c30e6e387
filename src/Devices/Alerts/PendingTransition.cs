namespace Fengsui.Devices.Alerts;

/// <summary>
/// Something on its way from a shard to the alert log: a transition, or what the first shard passes on of the journal itself. <see cref="Ordinal"/> counts
/// those of one journal entry.
/// </summary>
internal readonly record struct PendingTransition(AlertTransition? Transition, int Ordinal)
{
    public PendingTransition(AlertInput input)
        : this(null, 0) => Input = input;

    /// <summary>Null when it is a transition.</summary>
    public AlertInput? Input { get; }

    public long Position => Transition?.JournalPosition ?? Input!.Position;

    /// <summary>The order of the alert log.</summary>
    public (long Position, int Index, int Ordinal) Place => (Position, Transition?.JournalIndex ?? Input!.Index, Ordinal);
}
