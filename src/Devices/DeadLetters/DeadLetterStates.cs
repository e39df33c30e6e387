namespace Fengsui.Devices.DeadLetters;

/// <summary>Where a dead letter stands; these words are on disk.</summary>
public static class DeadLetterStates
{
    /// <summary>Nobody has seen to it.</summary>
    public const string Open = "open";

    /// <summary>It was taken after all, as it was or mended.</summary>
    public const string ReDriven = "re-driven";

    /// <summary>Somebody said that it is of no use.</summary>
    public const string Discarded = "discarded";

    public static IReadOnlyList<string> All { get; } = [Open, ReDriven, Discarded];
}
