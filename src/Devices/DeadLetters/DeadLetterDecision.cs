namespace Fengsui.Devices.DeadLetters;

/// <summary>What somebody made of a dead letter.</summary>
/// <param name="State">See <see cref="DeadLetterStates"/>.</param>
/// <param name="TimeMs">ms since 1970 UTC.</param>
/// <param name="Note">Why, or what was changed; may be empty.</param>
public sealed record DeadLetterDecision(string State, long TimeMs, string Actor, string Note);
