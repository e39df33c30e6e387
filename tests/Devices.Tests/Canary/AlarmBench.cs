using System.Threading.Channels;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Canary;
using Fengsui.Devices.Tests.Engine.Support;

namespace Fengsui.Devices.Tests.Canary;

/// <summary>An alarm with receivers that a test answers for, beside a record that never gets on: it must not be waited for.</summary>
internal sealed class AlarmBench : IDeliveryJournal, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualResetEventSlim _never = new();

    public string Path => _directory.Of("canary", "missing.json");

    public List<string> Complaints { get; } = [];

    public IReadOnlyList<CanaryReceiver> Receivers { get; set; } = [];

    public Listener Add(string name)
    {
        var listener = new Listener();
        Receivers = [.. Receivers, new CanaryReceiver(name, "f", () => listener)];
        return listener;
    }

    public CanaryAlarm Start()
    {
        var alarm = new CanaryAlarm(Path, () => Receivers, this, new RetryTime(), Complaints.Add);
        alarm.Start();
        return alarm;
    }

    public void Record(DeliveryAttempt attempt) => _never.Wait();

    public void Dispose()
    {
        _never.Set();
        _directory.Dispose();
    }

    internal sealed class Listener : IAlertReceiver
    {
        private readonly Channel<AlertTransition> _told = Channel.CreateUnbounded<AlertTransition>();
        private int _refusals;

        public ReceiverTerms Terms { get; } = new();

        /// <summary>Takes nothing for so many attempts.</summary>
        public void Refuse(int attempts) => Interlocked.Exchange(ref _refusals, attempts);

        public Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
        {
            if (Interlocked.Decrement(ref _refusals) >= 0)
            {
                return Task.FromResult(DeliveryAnswer.Unavailable("away"));
            }

            foreach (var notice in notices)
            {
                _told.Writer.TryWrite((AlertTransition)notice.Entry!);
            }

            return Task.FromResult(DeliveryAnswer.Taken("ok"));
        }

        public async Task<AlertTransition> NextAsync() => await _told.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public bool HasMore => _told.Reader.Count > 0;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A retry comes at once; a time-out never.</summary>
    private sealed class RetryTime : TimeProvider
    {
        private long _nowMs = 1_700_000_000_000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Increment(ref _nowMs));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == CanaryAlarm.Retry ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
