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
        var secret = Text(directory, path, MaxBytes).Split('\n')[0].Trim();
        return secret.Length > 0 ? Encoding.UTF8.GetBytes(secret) : throw new IOException($"the first line of the secret file {path} is empty");
    }

    /// <summary>As <see cref="Read"/>, of a file that holds a secret in each line.</summary>
    /// <param name="maxBytes">A longer file is refused.</param>
    /// <exception cref="IOException">It is missing, too long, or others than its owner and group may read it.</exception>
    public static string[] ReadLines(string directory, string path, int maxBytes) => Text(directory, path, maxBytes).Split('\n');

    private static string Text(string directory, string path, int maxBytes)
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

        if (new FileInfo(file).Length > maxBytes)
        {
            throw new IOException($"the secret file {path} is longer than {maxBytes} bytes");
        }

        return Encoding.UTF8.GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF');
    }
}
