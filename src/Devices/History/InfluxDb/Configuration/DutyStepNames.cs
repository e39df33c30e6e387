namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>The names of <see cref="DutyStep"/> in configuration and lines.</summary>
public static class DutyStepNames
{
    private static readonly string[] Names =
        ["due", "acknowledged", "begun", "confirmed", "reminder", "escalated", "overdue", "done", "customs-restriction", "restriction-lifted"];

    /// <summary>In the order of the enumeration.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Name(this DutyStep step) => Names[(int)step];
}
