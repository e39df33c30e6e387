namespace Fengsui.Rules.Alerts;

/// <summary>The wire names of <see cref="AlertAction"/>.</summary>
public static class AlertActionNames
{
    private static readonly string[] Names = ["", "acknowledge", "assign", "shelve", "unshelve", "dispose", "verify", "close", "reopen"];

    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this AlertAction action) => Names[(int)action];

    public static bool TryParse(string name, out AlertAction action)
    {
        var index = Array.IndexOf(Names, name, 1);
        action = index > 0 ? (AlertAction)index : default;
        return index > 0;
    }
}
