namespace Fengsui.Devices.Audit;

/// <summary>The names of <see cref="AuditKind"/> on disk and in the API.</summary>
public static class AuditKindNames
{
    private static readonly string[] Names =
    [
        "", "segment", "alert", "alert-event", "delivery", "command", "command-refused", "rules", "access", "configuration",
        "server-started", "server-stopped", "loss", "rules-refused", "released",
    ];

    /// <summary>All names, for help and messages.</summary>
    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this AuditKind kind) => Names[(int)kind];

    public static bool TryParse(string? name, out AuditKind kind)
    {
        var index = Array.IndexOf(Names, name);
        kind = (AuditKind)Math.Max(index, 0);
        return index > 0;
    }
}
