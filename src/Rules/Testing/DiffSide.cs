namespace Fengsui.Rules.Testing;

/// <summary>Where a line of a comparison stands.</summary>
public enum DiffSide : byte
{
    Both,

    /// <summary>Expected, and did not happen.</summary>
    Expected,

    /// <summary>Happened, and was not expected.</summary>
    Got,
}
