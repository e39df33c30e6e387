namespace Fengsui.Devices.Alerts;

/// <summary>
/// Something on its way from a shard to the alert log: a transition, a tick, or what else the first shard passes on of the journal itself.
/// <see cref="Ordinal"/> counts those of one journal entry.
/// </summary>
internal readonly record struct PendingTransition(AlertTransition? Transition, int Ordinal)
{
    public PendingTransition(AlertInput input)
        : this(null, 0) => Input = input;

    public PendingTransition(TickInput tick)
        : this(null, 0) => Tick = tick;

    /// <summary>Null when it is a transition or a tick.</summary>
    public AlertInput? Input { get; }

    /// <summary>Null when it is a transition or something else.</summary>
    public TickInput? Tick { get; }

    public long Position => Transition?.JournalPosition ?? Tick?.Position ?? Input!.Position;

    /// <summary>The order of the alert log.</summary>
    public (long Position, int Index, int Ordinal) Place => (Position, Transition?.JournalIndex ?? Input?.Index ?? TickInput.Index, Ordinal);
}
