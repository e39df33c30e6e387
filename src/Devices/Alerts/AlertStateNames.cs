namespace Fengsui.Devices.Alerts;

/// <summary>The wire names of <see cref="AlertState"/>.</summary>
public static class AlertStateNames
{
    private static readonly string[] Names = ["", "firing", "tier-changed", "resolved"];

    public static string Name(this AlertState state) => Names[(int)state];

    /// <exception cref="FormatException">There is no such state.</exception>
    public static AlertState Parse(string name) => Array.IndexOf(Names, name) is var state and > 0
        ? (AlertState)state
        : throw new FormatException($"no alert state is named '{name}'");
}
