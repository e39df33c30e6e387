using System.Collections.Concurrent;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>The outbox of one webhook over a log in memory.</summary>
internal sealed class HookOutbox : IDeliveryJournal, IAsyncDisposable
{
    private static readonly Router Everything = new(["hook"], [new RouteDefinition { Receivers = ["hook"] }]);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fengsui-hook-");
    private readonly AlertTail _tail = new(_ => "tank");
    private long _number;

    public HookOutbox(Uri url, WebhookMode mode = WebhookMode.Structured, TimeSpan? timeout = null)
    {
        _tail.Open(0, (_, _) => []);
        var terms = new ReceiverTerms
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(50),
            RetryInitial = TimeSpan.FromMilliseconds(1),
            RetryMaximum = TimeSpan.FromMilliseconds(5),
            GiveUpAfter = TimeSpan.FromMilliseconds(20),
            MaxBatch = mode == WebhookMode.Batch ? 100 : 1,
        };
        var receiver = new WebhookReceiver(new WebhookOptions { Url = url, Mode = mode, Terms = terms }, TimeProvider.System);
        Outbox = new ReceiverOutbox("hook", receiver, new OutboxContext
        {
            Directory = _directory.FullName,
            Tail = _tail,
            Router = () => Everything,
            Journal = this,
            Time = TimeProvider.System,
            Told = Complaints.Enqueue,
        });
    }

    public ReceiverOutbox Outbox { get; }

    public ConcurrentQueue<DeliveryAttempt> Attempts { get; } = new();

    public ConcurrentQueue<string> Complaints { get; } = new();

    public void Publish(params AlertTransition[] entries)
    {
        _tail.Publish(_number + 1, entries, new AlertBook(new AlertBookOptions()));
        _number += entries.Length;
    }

    public void Record(DeliveryAttempt attempt) => Attempts.Enqueue(attempt);

    /// <summary>Waits until everything was taken or set aside.</summary>
    public async Task FinishedAsync()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (Outbox.Status.Cursor < _number)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"still at {Outbox.Status}");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
