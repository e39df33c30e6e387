namespace Fengsui.Devices.Alerts;

/// <summary>The wire names of <see cref="DutyState"/>.</summary>
public static class DutyStateNames
{
    private static readonly string[] Names = ["open", "acknowledged", "begun", "done", "overdue"];

    public static string Name(this DutyState state) => Names[(int)state];
}
