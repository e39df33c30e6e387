namespace Fengsui.Devices.Alerts;

/// <summary>Who waits for the answer to which command. Any thread.</summary>
internal sealed class CommandWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<AlertCommandResult>> _waiting = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>Two who send the same command at a time get the same answer.</summary>
    public Task<AlertCommandResult> Expect(string commandId)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_waiting.TryGetValue(commandId, out var waiter))
            {
                waiter = new TaskCompletionSource<AlertCommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(commandId, waiter);
            }

            return waiter.Task;
        }
    }

    public void Answer(string commandId, AlertCommandResult result)
    {
        lock (_lock)
        {
            if (_waiting.Remove(commandId, out var waiter))
            {
                waiter.SetResult(result);
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var waiter in _waiting.Values)
            {
                waiter.TrySetException(new ObjectDisposedException(nameof(AlertDesk)));
            }

            _waiting.Clear();
        }
    }
}
