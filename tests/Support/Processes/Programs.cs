namespace Fengsui.Support.Processes;

/// <summary>Finds programs of the system.</summary>
public static class Programs
{
    // Servers live outside an ordinary user's path.
    private static readonly string[] ServerFolders = ["/usr/sbin", "/usr/local/sbin"];

    /// <summary>The full path of a program, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(ServerFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
