using Fengsui.Api.Delivery.Configuration;
using Fengsui.Api.Delivery.Mqtt;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Canary;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Delivery;

/// <summary>
/// Everybody outside who is told of alerts, as the configuration has it. A change of the file begins, ends and replaces only the
/// receivers that it changes; routes count from the next entry on.
/// </summary>
public sealed class Deliveries : IAsyncDisposable
{
    private readonly OutboxContext _context;
    private readonly ReceiverContext _receivers;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Router _router = Router.Empty;
    private volatile IReadOnlyList<CanaryReceiver> _canary = [];
    private volatile IReadOnlyDictionary<string, DeliveryLine> _lines = new SortedDictionary<string, DeliveryLine>();

    /// <param name="told">Told what is wrong with files and receivers.</param>
    internal Deliveries(DeviceEngine engine, AlertTail tail, IDeliveryJournal journal, MqttOutlets mqtt, TimeProvider time, Action<string> told)
    {
        Engine = engine;
        _receivers = new ReceiverContext(engine.DataDirectory, time) { Mqtt = mqtt };
        _context = new OutboxContext
        {
            Directory = Path.Combine(engine.DataDirectory, "outbox"),
            Tail = tail,
            Router = () => _router,
            Journal = journal,
            Time = time,
            Told = told,
        };
    }

    /// <summary>By name.</summary>
    public IEnumerable<DeliveryLine> Lines => _lines.Values;

    internal DeviceEngine Engine { get; }

    /// <summary>Who is told that the canary is missing: those that the file names for it, or else those to whom the routes give a major alert of its rule.</summary>
    public IReadOnlyList<CanaryReceiver> CanaryReceivers => _canary;

    public DeliveryLine? Find(string name) => _lines.GetValueOrDefault(name);

    /// <summary>Whether the routes give an entry to a receiver.</summary>
    /// <param name="number">In the alert log.</param>
    public bool Reaches(string receiver, long number) =>
        _context.Tail.Read(number - 1, 1) is [{ } notice] && notice.Number == number && _router.Reaches(receiver, notice.Facts);

    /// <summary>May be called more than once.</summary>
    public async ValueTask DisposeAsync() => await ApplyAsync(new ReceiverCatalog([], Router.Empty, []));

    /// <summary>Puts a catalog without mistakes in force.</summary>
    /// <exception cref="IOException">The cursors cannot be read or written.</exception>
    internal async Task ApplyAsync(ReceiverCatalog catalog)
    {
        await _turn.WaitAsync();
        try
        {
            var before = _lines;
            var wanted = catalog.Receivers.ToDictionary(receiver => receiver.Name);
            var ending = before.Values.Where(line => !wanted.TryGetValue(line.Name, out var receiver) || receiver.Fingerprint != line.Fingerprint).ToList();
            await Task.WhenAll(ending.Select(line => line.Outbox.DisposeAsync().AsTask()));
            _router = catalog.Router;
            var missing = catalog.CanaryMissing.Count > 0 ? catalog.CanaryMissing : catalog.Router.Reached(CanaryAlarm.Facts);
            _canary = [.. catalog.Receivers.Where(receiver => missing.Contains(receiver.Name)).Select(receiver => new CanaryReceiver(receiver.Name, receiver.Fingerprint, () => receiver.Open(_receivers)))];
            Begin(catalog, new SortedDictionary<string, DeliveryLine>(before.Where(line => wanted.ContainsKey(line.Key) && !ending.Contains(line.Value)).ToDictionary(), StringComparer.Ordinal));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Where a cursor cannot be written, what was begun before it goes on, and the next attempt begins the rest.</summary>
    private void Begin(ReceiverCatalog catalog, SortedDictionary<string, DeliveryLine> lines)
    {
        try
        {
            foreach (var receiver in catalog.Receivers.Where(receiver => !lines.ContainsKey(receiver.Name)))
            {
                lines.Add(receiver.Name, Begin(receiver));
            }
        }
        finally
        {
            _lines = lines;
        }
    }

    private DeliveryLine Begin(ReceiverDefinition receiver)
    {
        var outbox = new ReceiverOutbox(receiver.Name, receiver.Open(_receivers), _context);
        outbox.Start();
        return new DeliveryLine(receiver.Name, receiver.Kind, receiver.Address, receiver.Fingerprint, outbox);
    }
}
