using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Shards;

/// <summary>A bounded queue of blocks and questions; many post, one takes. A handful of items a second in each direction.</summary>
internal sealed class ShardMailbox(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<(JournalBlock? Block, Action<ShardCore>? Question)> _items = new();
    private bool _completed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Waits for room. A block that comes after the end is released.</summary>
    public void Post(JournalBlock block)
    {
        if (!Post((block, null)))
        {
            block.Release();
        }
    }

    /// <summary>Waits for room; false when completed.</summary>
    public bool Post(Action<ShardCore> question) => Post((null, question));

    /// <summary>Waits for an item; false when completed and empty.</summary>
    public bool TryTake(out JournalBlock? block, out Action<ShardCore>? question)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_completed)
            {
                Monitor.Wait(_gate);
            }

            var taken = _items.TryDequeue(out var item);
            (block, question) = item;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Post((JournalBlock? Block, Action<ShardCore>? Question) item)
    {
        lock (_gate)
        {
            while (_items.Count >= capacity && !_completed)
            {
                Monitor.Wait(_gate);
            }

            if (_completed)
            {
                return false;
            }

            _items.Enqueue(item);
            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
