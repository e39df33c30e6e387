using System.Collections.Concurrent;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// Flushes outputs that other threads have written to: the journal's committer (acknowledgements of many connections at once) and publishers. One
/// pool work item drains them all, so a commit costs the committer one queueing and never a socket write.
/// </summary>
internal sealed class FlushScheduler : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<ConnectionOutput> _dirty = new();
    private int _running;

    public void Kick(ConnectionOutput output)
    {
        if (!output.TryMarkDirty()) return;
        _dirty.Enqueue(output);
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        do
        {
            while (_dirty.TryDequeue(out var output))
            {
                output.ClearDirty();
                output.Flush();
            }
            Interlocked.Exchange(ref _running, 0);
        }
        while (!_dirty.IsEmpty && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }
}
