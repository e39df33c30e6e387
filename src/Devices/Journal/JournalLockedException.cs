namespace Fengsui.Devices.Journal;

/// <summary>Another process has the journal open for writing.</summary>
public sealed class JournalLockedException(string message, Exception? inner = null) : IOException(message, inner);
