namespace Fengsui.Rules.Compilation;

/// <summary>Where an input of a rule comes from.</summary>
internal enum InputKind : byte
{
    /// <summary>A slot of the device.</summary>
    Metric,

    /// <summary>A function with memory.</summary>
    Cell,

    /// <summary>The zone.</summary>
    Zone,
}
