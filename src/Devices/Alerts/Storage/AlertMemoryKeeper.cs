namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Keeps what the log has told whenever a segment begins. Writes in the background; while one is being written the next is left out, and a start reads a segment more.</summary>
/// <param name="found">How much of the log the memory of the start stands for; 0 without one.</param>
/// <param name="faulted">Told why it cannot be written.</param>
internal sealed class AlertMemoryKeeper(string directory, Func<AlertMemory> capture, long found, Action<Exception> faulted)
{
    private Task _writing = Task.CompletedTask;
    private long _newest = found;
    private long _remembered;

    /// <summary>What a start can do without: entries up to here are in two memories that were written or read whole. Any thread.</summary>
    public long Remembered => Volatile.Read(ref _remembered);

    /// <summary>A segment has begun, and everything before is in the book. On the thread that changes what is kept.</summary>
    public void Keep()
    {
        if (_writing.IsCompleted)
        {
            var memory = capture();
            _writing = Task.Run(() => Write(memory));
        }
    }

    /// <summary>Completes when what was begun is written.</summary>
    public Task WrittenAsync() => _writing;

    private void Write(AlertMemory memory)
    {
        try
        {
            AlertMemoryFile.Write(directory, memory, _newest);
            Volatile.Write(ref _remembered, _newest);
            _newest = memory.Place.Count;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faulted(fault);
        }
    }
}
