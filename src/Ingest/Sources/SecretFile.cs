using System.Text;

namespace Fengsui.Ingest.Sources;

/// <summary>Reads a secret from a file of its own: its first line. What it says is never logged, nor shown in a message.</summary>
internal static class SecretFile
{
    private const int MaxBytes = 4_096;
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="directory">What <paramref name="path"/> is relative to.</param>
    /// <param name="path">As the configuration names it.</param>
    /// <exception cref="IOException">It is missing, empty, too long, or others than its owner and group may read it.</exception>
    public static byte[] Read(string directory, string path)
    {
        var file = Path.Combine(directory, path);
        if (!File.Exists(file))
        {
            throw new IOException($"the secret file {path} is missing");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            throw new IOException($"the secret file {path} is open to others: chmod 600 (or 640) it");
        }

        if (new FileInfo(file).Length > MaxBytes)
        {
            throw new IOException($"the secret file {path} is longer than {MaxBytes} bytes");
        }

        var secret = Encoding.UTF8.GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF').Split('\n')[0].Trim();
        return secret.Length > 0 ? Encoding.UTF8.GetBytes(secret) : throw new IOException($"the first line of the secret file {path} is empty");
    }
}
