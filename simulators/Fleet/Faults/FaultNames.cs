namespace Fengsui.Fleet.Faults;

/// <summary>The names of faults in truth files and on the command line.</summary>
public static class FaultNames
{
    private static readonly (FaultKind Kind, string Name)[] Names =
    [
        (FaultKind.Heat, "heat"),
        (FaultKind.GasLeak, "gas-leak"),
        (FaultKind.DropOut, "drop-out"),
        (FaultKind.Flapping, "flapping"),
        (FaultKind.ClockSkew, "clock-skew"),
        (FaultKind.Duplicate, "duplicate"),
        (FaultKind.Reorder, "reorder"),
        (FaultKind.Garbage, "garbage"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    public static string Of(FaultKind kind) => Array.Find(Names, entry => entry.Kind == kind).Name ?? "none";

    public static bool TryParse(string name, out FaultKind kind)
    {
        kind = Array.Find(Names, entry => entry.Name == name).Kind;
        return kind != FaultKind.None;
    }
}
