using Fengsui.Devices.DeadLetters;
using Xunit;

namespace Fengsui.Devices.Tests.DeadLetters;

public sealed class DeadLetterDecisionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fengsui-letters-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_decision_is_made_once_survives_a_restart_and_goes_with_its_letter()
    {
        var decision = new DeadLetterDecision(DeadLetterStates.Discarded, 7, "li", "noise");
        await using (var store = Open(3))
        {
            await AddAsync(store, 1, 3);
            Assert.True(store.TryDecide(2, decision));
            Assert.False(store.TryDecide(2, decision with { State = DeadLetterStates.ReDriven }));
            Assert.False(store.TryDecide(9, decision));
        }

        await using var again = Open(3);
        Assert.Equal(decision, again.Get(2)!.Decision);
        Assert.Equal([3L, 1L], again.List(new DeadLetterFilter { State = DeadLetterStates.Open }).Select(letter => letter.Id));
        Assert.Equal([2L], again.List(new DeadLetterFilter { State = DeadLetterStates.Discarded }).Select(letter => letter.Id));
        await AddAsync(again, 4, 5);
        Assert.Null(again.Get(2));
        Assert.Empty(again.List(new DeadLetterFilter { State = DeadLetterStates.Discarded }));
        Assert.Equal(3, again.Stats.Count);
    }

    private DeadLetterStore Open(int max) => DeadLetterStore.Open(new DeadLetterStoreOptions { Directory = _directory, MaxCount = max }, TimeProvider.System);

    private static async Task AddAsync(DeadLetterStore store, int from, int to)
    {
        for (var position = from; position <= to; position++)
        {
            Assert.True(store.TryEnqueue(DeadLetter.Create(position, 0, 1000 + position, "mqtt", "c", "t", "malformed", "x"u8)));
        }

        store.Mark(to);
        await store.WaitForPositionAsync(to);
    }
}
