using Fengsui.Ingest.Sources;
using Xunit;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class CommitGateTests
{
    [Fact]
    public async Task Waits_until_its_position_is_durable()
    {
        using var gate = new CommitGate(CancellationToken.None);
        var waiting = gate.WaitAsync(10);
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

        Assert.True(gate.WaitAsync(11).IsCompletedSuccessfully);
        var further = gate.WaitAsync(13);
        gate.OnCommitted(20);
        await further;
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stopping = new CancellationTokenSource();
        using var gate = new CommitGate(stopping.Token);
        var waiting = gate.WaitAsync(1);
        await stopping.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.AsTask());
        gate.OnCommitted(1);
    }

    [Fact]
    public async Task After_a_stop_no_wait_begins()
    {
        using var stopping = new CancellationTokenSource();
        using var gate = new CommitGate(stopping.Token);
        await stopping.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => { _ = gate.WaitAsync(1); });
    }
}
