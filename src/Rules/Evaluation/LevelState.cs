namespace Fengsui.Rules.Evaluation;

internal struct LevelState
{
    /// <summary>Event time from which the condition is known to be true; meaningless when idle.</summary>
    public long SinceMs;

    /// <summary>Pending: the latest evidence. Holding: the first evidence of the clear.</summary>
    public long MarkMs;

    public LevelPhase Phase;

    public readonly bool IsInForce => Phase >= LevelPhase.Active;
}
