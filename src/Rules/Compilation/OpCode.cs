namespace Fengsui.Rules.Compilation;

/// <summary>Operations of a compiled condition. Truth on the stack is 0, 1 or NaN for unknown, so that unknown propagates by itself.</summary>
internal enum OpCode : byte
{
    PushConstant,
    PushSlot,

    /// <summary>The value of a function with memory.</summary>
    PushCell,

    /// <summary>What the zone says.</summary>
    PushZone,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Absolute,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,

    /// <summary>Slot compared with a constant, as a range.</summary>
    SlotInRange,
    And,
    Or,
    Not,

    /// <summary>Of the topmost <c>Slot</c> truths, at least <c>Low</c> are true.</summary>
    AtLeast,

    /// <summary>Whether a value is known: never unknown itself.</summary>
    IsKnown,
}
