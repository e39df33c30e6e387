using Fengsui.Devices.History.Embedded.Groups;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Tests.History;

/// <summary>
/// The real file system, except that after <c>steps</c> changes it refuses every further one, as if the machine had
/// stopped there; <c>afterwards</c> says whether the last step was still carried out.
/// </summary>
internal sealed class FaultyFiles(int steps, bool afterwards) : IHistoryFiles
{
    private readonly DiskFiles _disk = new();
    private int _left = steps;

    public bool HasStopped { get; private set; }

    /// <summary>From now on everything works.</summary>
    public void Heal() => (_left, HasStopped) = (int.MaxValue, false);

    public SafeFileHandle Create(string path)
    {
        SafeFileHandle? created = null;
        Step(() => created = _disk.Create(path));
        return created!;
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var copy = bytes.ToArray();
        Step(() => _disk.Write(file, copy.AsSpan(0, HasStopped ? copy.Length / 2 : copy.Length), offset));
    }

    public void Flush(SafeFileHandle file) => Step(() => _disk.Flush(file));

    public void Rename(string from, string to) => Step(() => _disk.Rename(from, to));

    public void FlushDirectory(string path) => Step(() => _disk.FlushDirectory(path));

    public void Delete(string path) => Step(() => _disk.Delete(path));

    private void Step(Action action)
    {
        if (HasStopped && _left <= 0)
            throw new IOException("No space left on device");
        if (_left-- > 0)
        {
            action();
            return;
        }

        HasStopped = true;
        if (afterwards)
            action();
        throw new IOException("No space left on device");
    }
}
