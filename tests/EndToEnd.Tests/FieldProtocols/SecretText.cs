namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>Files that only their owner reads.</summary>
internal static class SecretText
{
    public static string Write(TestDirectory directory, string name, string secret)
    {
        var path = directory[name];
        File.WriteAllText(path, secret + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
