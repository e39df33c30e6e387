using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Canary;

/// <summary>Stands at the end of the path, behind the other sinks, and sees the canary's alert come by.</summary>
public sealed class CanaryWatch : IAlertSink
{
    private readonly Lock _lock = new();
    private readonly List<(bool IsActive, TaskCompletionSource Seen)> _waiters = [];

    /// <summary>Completes with the next step of the canary's alert that leaves it so.</summary>
    public Task NextAsync(bool isActive)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // Who asked before has given up: one round at a time.
            _waiters.Clear();
            _waiters.Add((isActive, seen));
        }

        return seen.Task;
    }

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        foreach (var entry in entries)
        {
            if (entry is AlertTransition { Rule: CanaryRule.Id } step)
            {
                Tell(step.IsActive);
            }
        }
    }

    private void Tell(bool isActive)
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters.Where(waiter => waiter.IsActive == isActive))
            {
                waiter.Seen.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.IsActive == isActive);
        }
    }
}
