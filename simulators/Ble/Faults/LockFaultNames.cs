namespace Fengsui.Ble.Faults;

/// <summary>The names of faults in truth files and on the command line.</summary>
public static class LockFaultNames
{
    private static readonly (LockFault Kind, string Name)[] Names =
    [
        (LockFault.Replay, "replay"), (LockFault.Downgrade, "downgrade"), (LockFault.Forgery, "forgery"), (LockFault.Unlock, "unlock"),
        (LockFault.Tamper, "tamper"), (LockFault.SilentGateway, "silent-gateway"), (LockFault.Phone, "phone"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    public static string Of(LockFault kind) => Array.Find(Names, entry => entry.Kind == kind).Name ?? "none";

    public static bool TryParse(string name, out LockFault kind)
    {
        kind = Array.Find(Names, entry => entry.Name == name).Kind;
        return kind != LockFault.None;
    }
}
