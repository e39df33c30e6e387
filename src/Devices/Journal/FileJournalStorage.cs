using System.Globalization;
using System.Text;

namespace Fengsui.Devices.Journal;

/// <summary>A folder of the file system. Files are readable by their owner only, the folder likewise when it is created here.</summary>
public sealed class FileJournalStorage(string directory) : IJournalStorage
{
    private readonly string _directory = Path.GetFullPath(directory);

    public long FreeBytes => new DriveInfo(_directory).AvailableFreeSpace;

    public IDisposable Lock()
    {
        CreateFolder(_directory);
        var path = PathOf(JournalFormat.LockFile);
        try
        {
            // FileShare.None is an exclusive advisory lock on the file; the system drops it with the process.
            var stream = OpenStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            NoteHolder();
            return stream;
        }
        catch (IOException taken) when (File.Exists(path) && taken is not FileNotFoundException)
        {
            throw new JournalLockedException($"The journal in {_directory} is in use by another process{Holder()}. Stop it, or give this one another data folder.", taken);
        }
    }

    public IReadOnlyList<string> List(string folder = "")
    {
        var path = PathOf(folder);
        if (!Directory.Exists(path))
            return [];
        var files = Directory.GetFiles(path);
        return Array.ConvertAll(files, file => Path.GetFileName(file));
    }

    public IJournalFile Create(string name, long reserveBytes)
    {
        var path = PathOf(name);
        CreateFolder(Path.GetDirectoryName(path)!);
        var stream = OpenStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (reserveBytes > 0 && OperatingSystem.IsLinux())
                NativeFile.Reserve(stream.SafeFileHandle, reserveBytes);
            else if (reserveBytes > 0)
                stream.SetLength(reserveBytes);
            return new FileJournalFile(stream);
        }
        catch
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public IJournalFile Open(string name, bool writable) =>
        new FileJournalFile(OpenStream(PathOf(name), FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    public void Delete(string name) => File.Delete(PathOf(name));

    public void Move(string name, string newName)
    {
        var path = PathOf(newName);
        CreateFolder(Path.GetDirectoryName(path)!);
        File.Move(PathOf(name), path);
    }

    public void SyncFolder()
    {
        if (OperatingSystem.IsLinux())
            NativeFile.SyncFolder(_directory);
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream OpenStream(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is FileMode.CreateNew or FileMode.OpenOrCreate)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    /// <summary>In a file of its own: the locked one cannot be opened by others on every system.</summary>
    private void NoteHolder()
    {
        using var stream = OpenStream(PathOf(JournalFormat.HolderFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.SetLength(0);
        stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    private string Holder()
    {
        try
        {
            return $" (process {File.ReadAllText(PathOf(JournalFormat.HolderFile)).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private string PathOf(string name) => Path.Combine(_directory, name.Replace('/', Path.DirectorySeparatorChar));
}
