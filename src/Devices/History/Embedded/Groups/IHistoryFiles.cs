using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>Everything the store does to files that changes them, so that a test can stop it at each step.</summary>
internal interface IHistoryFiles
{
    /// <summary>A new file (an old one is emptied), mode 0600.</summary>
    SafeFileHandle Create(string path);

    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    void Flush(SafeFileHandle file);

    void Rename(string from, string to);

    /// <summary>Makes renames and deletions in the folder durable.</summary>
    void FlushDirectory(string path);

    void Delete(string path);
}
