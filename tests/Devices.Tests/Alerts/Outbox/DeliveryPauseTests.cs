using Fengsui.Devices.Alerts.Outbox;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Outbox;

public sealed class DeliveryPauseTests
{
    private static readonly ReceiverTerms Terms = new() { RetryInitial = TimeSpan.FromSeconds(1), RetryMaximum = TimeSpan.FromSeconds(8) };

    private readonly SetTimestamp _time = new();
    private readonly DeliveryPause _pause;

    public DeliveryPauseTests() => _pause = new DeliveryPause(Terms, _time, new Random(1));

    [Fact]
    public void A_receiver_is_left_alone_for_as_long_as_it_asks()
    {
        _pause.Failed(TimeSpan.FromSeconds(90));
        AssertWaits(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90));
        _pause.Failed(TimeSpan.FromSeconds(-5));
        AssertWaits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Nobody_can_silence_themselves_for_more_than_a_quarter_of_an_hour()
    {
        _pause.Failed(TimeSpan.FromDays(400));
        AssertWaits(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Pauses_double_up_to_their_bound_and_half_of_each_is_chance()
    {
        foreach (var seconds in (double[])[1, 2, 4, 8, 8, 8])
        {
            _pause.Failed(null);
            AssertWaits(TimeSpan.FromSeconds(seconds / 2), TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public void An_attempt_that_was_under_way_already_does_not_end_the_pause_that_another_one_was_asked_for()
    {
        var started = _time.GetTimestamp();
        _pause.Failed(TimeSpan.FromSeconds(60));
        _time.Pass(TimeSpan.FromSeconds(1));
        _pause.Succeeded(started);
        Assert.True(_pause.IsFailing);
        AssertWaits(TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(59));
        _pause.Succeeded(_time.GetTimestamp());
        Assert.False(_pause.IsFailing);
        Assert.True(_pause.PassAsync(CancellationToken.None).IsCompleted);
    }

    /// <summary>The pause is not over before the shortest time, and over after the longest; the clock stands there then.</summary>
    private void AssertWaits(TimeSpan shortest, TimeSpan longest)
    {
        var slack = TimeSpan.FromMilliseconds(5);
        _time.Pass(shortest - slack);
        Assert.False(_pause.PassAsync(CancellationToken.None).IsCompleted);
        _time.Pass(longest - shortest + slack + slack);
        Assert.True(_pause.PassAsync(CancellationToken.None).IsCompleted);
    }

    /// <summary>A clock that a test moves, with timers that never fire.</summary>
    private sealed class SetTimestamp : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(_ => { }, null, Timeout.Infinite, Timeout.Infinite);
    }
}
