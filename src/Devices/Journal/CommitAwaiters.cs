namespace Fengsui.Devices.Journal;

/// <summary>The committed position and the tasks that wait for one.</summary>
internal sealed class CommitAwaiters(long committed)
{
    private readonly Lock _gate = new();
    private readonly List<(long Position, TaskCompletionSource Source)> _waiting = [];
    private long _committed = committed;
    private bool _closed;

    public long Committed => Volatile.Read(ref _committed);

    public Task WaitAsync(long position)
    {
        lock (_gate)
        {
            if (position <= _committed)
                return Task.CompletedTask;
            ObjectDisposedException.ThrowIf(_closed, typeof(Journal));
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, source));
            return source.Task;
        }
    }

    public void Publish(long committed)
    {
        lock (_gate)
        {
            Volatile.Write(ref _committed, committed);
            if (_waiting.Count > 0)
                _waiting.RemoveAll(Complete);
        }

        bool Complete((long Position, TaskCompletionSource Source) waiting)
        {
            if (waiting.Position > committed)
                return false;
            waiting.Source.TrySetResult();
            return true;
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (_, source) in _waiting)
                source.TrySetException(new ObjectDisposedException(nameof(Journal)));
            _waiting.Clear();
        }
    }
}
