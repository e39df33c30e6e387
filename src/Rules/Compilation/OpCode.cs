namespace Fengsui.Rules.Compilation;

/// <summary>Operations of a compiled condition. Truth on the stack is 0, 1 or NaN for unknown, so that unknown propagates by itself.</summary>
internal enum OpCode : byte
{
    PushConstant,
    PushSlot,
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
}
