using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class CommitGateTests
{
    [Fact]
    public async Task Waits_until_its_position_is_durable()
    {
        using var gate = new CommitGate(CancellationToken.None);
        var waiting = gate.WaitAsync(10).AsTask();
        gate.OnCommitted(9);

        Assert.False(waiting.IsCompleted);
        gate.OnCommitted(10);
        await waiting;
    }

    [Fact]
    public async Task What_was_durable_before_the_wait_is_not_waited_for()
    {
        using var gate = new CommitGate(CancellationToken.None);
        gate.OnCommitted(12);

        var past = gate.WaitAsync(11).AsTask();
        Assert.True(past.IsCompletedSuccessfully);
        var further = gate.WaitAsync(13).AsTask();
        Assert.False(further.IsCompleted);
        gate.OnCommitted(20);
        await further;
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stopping = new CancellationTokenSource();
        using var gate = new CommitGate(stopping.Token);
        var waiting = gate.WaitAsync(1).AsTask();
        await stopping.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        gate.OnCommitted(1);
    }

    [Fact]
    public async Task After_a_stop_no_wait_begins()
    {
        using var stopping = new CancellationTokenSource();
        using var gate = new CommitGate(stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await gate.WaitAsync(1));
    }
}
