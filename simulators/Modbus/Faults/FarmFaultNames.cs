namespace Fengsui.Modbus.Faults;

/// <summary>The names of faults in truth files and on the command line.</summary>
public static class FarmFaultNames
{
    private static readonly (FarmFault Kind, string Name)[] Names =
    [
        (FarmFault.Heat, "heat"), (FarmFault.GasLeak, "gas-leak"), (FarmFault.Failure, "failure"), (FarmFault.Busy, "busy"), (FarmFault.Silent, "silent"),
        (FarmFault.Late, "late"), (FarmFault.WrongTransaction, "wrong-transaction"), (FarmFault.WrongUnit, "wrong-unit"),
        (FarmFault.WrongLength, "wrong-length"), (FarmFault.Garbage, "garbage"), (FarmFault.Cut, "cut"), (FarmFault.Dribble, "dribble"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    public static string Of(FarmFault kind) => Array.Find(Names, entry => entry.Kind == kind).Name ?? "none";

    public static bool TryParse(string name, out FarmFault kind)
    {
        kind = Array.Find(Names, entry => entry.Name == name).Kind;
        return kind != FarmFault.None;
    }
}
