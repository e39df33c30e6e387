namespace Fengsui.Devices.Alerts;

/// <summary>The wire names of <see cref="AlertState"/>.</summary>
public static class AlertStateNames
{
    private static readonly string[] Names = ["", "firing", "tier-changed", "resolved"];

    public static string Name(this AlertState state) => Names[(int)state];

    public static AlertState Parse(string name) => (AlertState)Array.IndexOf(Names, name);
}
