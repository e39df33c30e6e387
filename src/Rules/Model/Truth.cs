namespace Fengsui.Rules.Model;

/// <summary>Kleene's three values. Unknown is what a missing or bad-quality operand makes of a comparison.</summary>
public enum Truth : byte
{
    False = 0,
    True = 1,
    Unknown = 2,
}
