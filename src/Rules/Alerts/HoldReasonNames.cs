namespace Fengsui.Rules.Alerts;

/// <summary>The wire names of <see cref="HoldReason"/>.</summary>
public static class HoldReasonNames
{
    private static readonly string[] Names = ["none", "shelved", "inhibited", "grouped", "flapping", "flood"];

    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this HoldReason reason) => Names[(int)reason];

    /// <exception cref="FormatException">There is no such reason.</exception>
    public static HoldReason Parse(string name) => Array.IndexOf(Names, name) is var reason and >= 0
        ? (HoldReason)reason
        : throw new FormatException($"no reason to hold an alert back is named '{name}'");
}
