namespace Fengsui.Rules.Testing;

/// <summary>What a device sends at one step of a series.</summary>
public enum TestSampleKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A value.</summary>
    Value,

    /// <summary>A row that says that there is no usable value.</summary>
    Bad,
}
