namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>Those who wait for the committed position to reach a value.</summary>
internal sealed class PositionWaiters(long position)
{
    private readonly Lock _gate = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiters = [];
    private Exception? _failure;
    private long _position = position;

    public long Position => Volatile.Read(ref _position);

    public Task WaitAsync(long position, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (position <= _position)
                return Task.CompletedTask;
            if (_failure is not null)
                return Task.FromException(_failure);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((position, reached));
            return reached.Task.WaitAsync(cancellation);
        }
    }

    public void Reach(long position)
    {
        lock (_gate)
        {
            Volatile.Write(ref _position, position);
            foreach (var waiter in _waiters)
            {
                if (waiter.Position <= position)
                    waiter.Reached.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Position <= position);
        }
    }

    public void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
            foreach (var waiter in _waiters)
                waiter.Reached.TrySetException(exception);
            _waiters.Clear();
        }
    }
}
