using Fengsui.Devices.Alerts;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Shards;

/// <summary>
/// One thread that owns a part of the actors and reads one bounded mailbox of blocks. A full mailbox stops the
/// committer, that stops the appends, and those stop the sockets.
/// </summary>
internal sealed class Shard : IBlockConsumer, IDisposable
{
    /// <summary>Blocks that may wait. The journal's own buffers bound the memory; this bounds how far a shard lags.</summary>
    private const int MailboxCapacity = 64;

    private readonly ShardContext _context;
    private readonly ITransitionOutlet _outlet;
    private readonly ShardCore _core;
    private readonly ShardMailbox _mailbox = new(MailboxCapacity);
    private readonly Thread _thread;

    public Shard(int index, ShardContext context, ITransitionOutlet outlet)
    {
        Index = index;
        _context = context;
        _outlet = outlet;
        _core = new ShardCore(index, context);
        _thread = new Thread(Run) { Name = $"fengsui-shard-{index}", IsBackground = true };
    }

    public int Index { get; }

    /// <summary>Blocks and questions that wait for the shard; at <see cref="MailboxCapacity"/> the journal waits for it.</summary>
    public int Waiting => _mailbox.Count;

    public ShardStats Stats => _core.Stats;

    /// <summary>Batches that could not be processed because of a fault of ours, and the last reason.</summary>
    public long Faults { get; private set; }

    public string? LastFault { get; private set; }

    public void Start() => _thread.Start();

    public void OnBlock(JournalBlock block)
    {
        block.AddReference();
        _mailbox.Post(block);
    }

    /// <summary>Runs a question on the shard's thread, after all blocks posted before it.</summary>
    /// <exception cref="ObjectDisposedException">The shard has ended.</exception>
    public Task<T> AskAsync<T>(Func<ShardCore, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = _mailbox.Post(core =>
        {
            try
            {
                answer.SetResult(question(core));
            }
            catch (Exception fault)
            {
                answer.SetException(fault);
            }
        });
        if (!isPosted)
        {
            answer.SetException(new ObjectDisposedException(nameof(Shard)));
        }

        return answer.Task;
    }

    public void Dispose()
    {
        _mailbox.Complete();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            Run();
        }
        else
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (_mailbox.TryTake(out var block, out var question))
        {
            if (block is null)
            {
                question!(_core);
                continue;
            }

            foreach (var batch in block.Batches)
            {
                Process(batch.Position, batch.Bytes);
            }

            _core.Stats.Position = block.EndPosition;
            _outlet.Passed(Index, block.EndPosition, _core.Transitions);
            block.Release();
        }
    }

    /// <summary>A batch that breaks an invariant is our bug: it is reported and passed over, the others go on.</summary>
    private void Process(long position, ReadOnlySpan<byte> batch)
    {
        if (position <= _core.RestoredPosition)
        {
            return;
        }

        try
        {
            _core.Process(position, batch);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Faults++;
            LastFault = $"batch at journal position {position}: {fault.GetType().Name}: {fault.Message}";
            _context.Faulted(Index, LastFault, fault);
        }
    }
}
