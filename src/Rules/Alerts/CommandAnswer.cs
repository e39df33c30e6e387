namespace Fengsui.Rules.Alerts;

/// <summary>What became of a command on the board.</summary>
/// <param name="Known">Null: no alert of this id is known.</param>
/// <param name="Refusal">Null when it was accepted, or when the version is another.</param>
/// <param name="IsAccepted">Whether it led to a fact: the first of the decisions that came with it.</param>
public readonly record struct CommandAnswer(AlertStatus? Known, bool IsAccepted, string? Refusal);
