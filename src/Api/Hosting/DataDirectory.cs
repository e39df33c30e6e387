namespace Fengsui.Api.Hosting;

/// <summary>
/// The data directory, created for this user alone and locked, so that two servers never write one journal. The lock is
/// the operating system's and goes with the process, however it ends.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockFileName = "fengsui.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    public string LogDirectory => System.IO.Path.Combine(Path, "logs");

    /// <exception cref="EnvironmentException">It cannot be created or written, or another server has it.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot create the data directory {path}: {e.Message}", e);
        }

        var file = System.IO.Path.Combine(path, LockFileName);
        try
        {
            return new DataDirectory(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EnvironmentException($"cannot write to the data directory {path}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new EnvironmentException($"cannot lock the data directory {path} (another fengsui may be using it): {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
