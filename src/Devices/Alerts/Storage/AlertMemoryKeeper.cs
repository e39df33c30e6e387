namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Keeps what the log has told whenever a segment begins. Writes in the background; while one is being written the next is left out, and a start reads a segment more.</summary>
/// <param name="faulted">Told why it cannot be written.</param>
internal sealed class AlertMemoryKeeper(string directory, Func<AlertMemory> capture, Action<Exception> faulted)
{
    private Task _writing = Task.CompletedTask;

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
            AlertMemoryFile.Write(directory, memory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faulted(fault);
        }
    }
}
