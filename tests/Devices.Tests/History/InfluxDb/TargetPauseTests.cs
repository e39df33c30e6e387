using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

public sealed class TargetPauseTests
{
    private static readonly InfluxTargetOptions Target = new()
    {
        Name = "t",
        Url = new Uri("http://127.0.0.1"),
        Generation = InfluxGeneration.V1,
        RetryInitial = TimeSpan.FromSeconds(1),
        RetryMaximum = TimeSpan.FromSeconds(8),
        StoppedRetry = TimeSpan.FromSeconds(30),
    };

    private readonly SteppedTime _time = new();
    private readonly TargetPause _pause;

    public TargetPauseTests() => _pause = new TargetPause(Target, _time, new Random(1));

    [Fact]
    public void Pauses_double_up_to_the_longest_and_half_of_each_is_chance()
    {
        foreach (var full in (int[])[1, 2, 4, 8, 8, 8])
        {
            _pause.Failed(null);
            Assert.InRange(Waited(), full / 2.0, full + 0.1);
        }

        _pause.Succeeded();
        Assert.Null(_pause.State);
        _pause.Failed(null);
        Assert.InRange(Waited(), 0.5, 1.1);
    }

    [Fact]
    public void What_the_server_asks_for_is_waited_for_even_when_another_request_succeeds_meanwhile()
    {
        _pause.Failed(TimeSpan.FromSeconds(20));
        _pause.Succeeded();
        Assert.Equal(InfluxTargetState.BackingOff, _pause.State);
        Assert.InRange(Waited(), 20, 20.2);
        Assert.Null(_pause.State);
    }

    [Fact]
    public void No_server_can_ask_for_days()
    {
        _pause.Failed(TimeSpan.FromDays(3));
        Assert.InRange(Waited(), 899, 901);
    }

    [Fact]
    public void What_a_person_must_put_right_is_tried_slowly()
    {
        _pause.Stopped();
        Assert.Equal(InfluxTargetState.Stopped, _pause.State);
        Assert.InRange(Waited(), 30, 30.2);
    }

    /// <summary>Seconds until a request may be made.</summary>
    private double Waited()
    {
        var began = _time.Milliseconds;
        while (!_pause.PassAsync(default).IsCompleted)
        {
            _time.Milliseconds += 10;
        }

        return (_time.Milliseconds - began) / 1000.0;
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Milliseconds { get; set; } = 5_000;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
