namespace Fengsui.Devices.Journal;

/// <summary>A file is whole but not ours to read: another format version or another journal. Nothing was changed.</summary>
public sealed class JournalFormatException(string message) : Exception(message);
