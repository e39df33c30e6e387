using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Asks all shards the same question at the same place in the journal. It stands before the shards among the journal's
/// consumers, so a question posted here reaches every shard between the same two blocks.
/// </summary>
internal sealed class ShardBarrier(IReadOnlyList<Shard> shards) : IBlockConsumer
{
    private readonly Lock _lock = new();
    private List<Action> _waiting = [];

    public void OnBlock(JournalBlock block)
    {
        List<Action> due;
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            due = _waiting;
            _waiting = [];
        }

        due.ForEach(ask => ask());
    }

    /// <summary>The answers in the order of the shards. Comes with the next block, so the caller appends one.</summary>
    public Task<T[]> AskAsync<T>(Func<ShardCore, T> question)
    {
        var answers = new TaskCompletionSource<T[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(() => _ = CollectAsync(question, answers));
        }

        return answers.Task;
    }

    private async Task CollectAsync<T>(Func<ShardCore, T> question, TaskCompletionSource<T[]> answers)
    {
        try
        {
            answers.SetResult(await Task.WhenAll(shards.Select(shard => shard.AskAsync(question))).ConfigureAwait(false));
        }
        catch (Exception fault)
        {
            answers.SetException(fault);
        }
    }
}
