using System.Collections.Concurrent;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Tests.Engine.Support;

namespace Fengsui.Devices.Tests.Alerts.Outbox;

/// <summary>A log in memory, a directory of cursors, and outboxes over them that can be ended and begun again.</summary>
internal sealed class OutboxBench : IDeliveryJournal, IAsyncDisposable
{
    public static readonly ReceiverTerms Quick = new()
    {
        RetryInitial = TimeSpan.FromMilliseconds(1),
        RetryMaximum = TimeSpan.FromMilliseconds(5),
        GiveUpAfter = TimeSpan.Zero,
        Timeout = TimeSpan.FromSeconds(60),
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly List<AlertEntry> _log = [];
    private readonly List<ReceiverOutbox> _outboxes = [];
    private readonly AlertBook _book = new(new AlertBookOptions());

    public OutboxBench() => Tail.Open(0, Read);

    public AlertTail Tail { get; private set; } = new(_ => "tank");

    public Router Router { get; set; } = new(["r", "s"], [new RouteDefinition { Receivers = ["r"], Continue = true }, new RouteDefinition { Receivers = ["s"] }]);

    public ConcurrentQueue<DeliveryAttempt> Attempts { get; } = new();

    /// <summary>Takes the attempts; null: <see cref="Attempts"/>.</summary>
    public IDeliveryJournal? Journal { get; init; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public string Directory => _directory.Of("outbox");

    /// <summary>What the record of attempts waits for before it is durable.</summary>
    public Task OnRecord { get; set; } = Task.CompletedTask;

    public void Record(DeliveryAttempt attempt) => Attempts.Enqueue(attempt);

    public Task DurableAsync(CancellationToken cancellation) => OnRecord.WaitAsync(cancellation);

    /// <summary>Without starting it.</summary>
    public ReceiverOutbox Open(IAlertReceiver receiver, string name = "r")
    {
        var outbox = new ReceiverOutbox(name, receiver, new OutboxContext
        {
            Directory = Directory,
            Tail = Tail,
            Router = () => Router,
            Journal = Journal ?? this,
            Time = TimeProvider.System,
            Told = Complaints.Enqueue,
        });
        _outboxes.Add(outbox);
        return outbox;
    }

    public ReceiverOutbox Start(IAlertReceiver receiver, string name = "r")
    {
        var outbox = Open(receiver, name);
        outbox.Start();
        return outbox;
    }

    public void Publish(params AlertTransition[] entries)
    {
        long first;
        lock (_log)
        {
            first = _log.Count + 1;
            _log.AddRange(entries);
        }

        Tail.Publish(first, entries, _book);
    }

    /// <summary>As after a restart: nothing of the log is in memory.</summary>
    public void Restart()
    {
        Tail = new AlertTail(_ => "tank");
        Tail.Open(_log.Count, Read);
    }

    public IReadOnlyList<string> Ids()
    {
        lock (_log)
        {
            return [.. _log.Select(entry => entry.Id)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var outbox in _outboxes)
        {
            await outbox.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <summary>Steps of as many alerts, one after the other, from a step on.</summary>
    public static AlertTransition[] Steps(int alerts, int sequence, int each = 1) =>
        [.. Enumerable.Range(sequence, each).SelectMany(step => Enumerable.Range(0, alerts).Select(alert => AlertSamples.At(step * 1000 + alert, alert: $"a{alert}", sequence: step)))];

    private List<KeyValuePair<long, AlertEntry>> Read(long after, int count)
    {
        lock (_log)
        {
            return [.. _log.Skip((int)after).Take(count).Select((entry, i) => KeyValuePair.Create(after + 1 + i, entry))];
        }
    }
}
