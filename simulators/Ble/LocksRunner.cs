using Fengsui.Ble.Faults;
using Fengsui.Ble.Locks;

namespace Fengsui.Ble;

/// <summary>Lets locks advertise and gateways report once, to the end that the options name.</summary>
public sealed class LocksRunner(LocksOptions options)
{
    private readonly LocksCounters _counters = new();

    /// <summary>What has happened so far.</summary>
    public LocksSummary Snapshot() => _counters.Summary();

    /// <summary>Runs to the end. Cancelling ends the adverts early; what is open is still sent, within the drain time-out.</summary>
    public async Task<LocksSummary> RunAsync(CancellationToken cancellation = default)
    {
        using var acked = options.AckedLogPath is { } file ? new AckedAdverts(file) : null;
        using var truth = new TruthLog(options.TruthPath);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var abort = new CancellationTokenSource();
        using var drain = stop.Token.Register(() => abort.CancelAfter(options.DrainTimeout));
        if (options.Duration is { } duration)
        {
            stop.CancelAfter(duration);
        }

        var plan = new LockFaultPlan(options);
        SimulatedGateway[] gateways = [.. Enumerable.Range(1, options.Gateways).Select(number => new SimulatedGateway($"gate-{number}", options, _counters, acked))];
        SimulatedLock[] locks = [.. Enumerable.Range(0, options.Locks).Select(number => new SimulatedLock(number, options, plan, truth))];
        var running = gateways.Select(gateway => Task.Run(() => gateway.RunAsync(abort.Token))).ToArray();
        await AdvertiseAsync(locks, gateways, plan, truth, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Array.ForEach(gateways, gateway => gateway.Complete());
        await Task.WhenAll(running).ConfigureAwait(false);
        Array.ForEach(locks, one => one.Dispose());
        Array.ForEach(gateways, one => one.Dispose());
        return _counters.Summary();
    }

    private async Task AdvertiseAsync(SimulatedLock[] locks, SimulatedGateway[] gateways, LockFaultPlan plan, TruthLog truth, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.RateHz));
        var wasSilent = new bool[gateways.Length];
        for (long step = 0; step < (options.Adverts ?? long.MaxValue); step++)
        {
            var silent = Enumerable.Range(0, gateways.Length).Select(gateway => plan.IsSilent(gateway, step)).ToArray();
            foreach (var gateway in Enumerable.Range(0, gateways.Length).Where(gateway => silent[gateway] && !wasSilent[gateway]))
            {
                truth.OfGateway(gateways[gateway].Name);
            }

            wasSilent = silent;
            for (var number = 0; number < locks.Length; number++)
            {
                await SayAsync(locks[number], number, step, gateways, silent, stop).ConfigureAwait(false);
            }

            if (!options.Unthrottled)
            {
                await timer.WaitForNextTickAsync(stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The same gateways always hear a lock, so that each hears its adverts in order.</summary>
    private async Task SayAsync(SimulatedLock speaker, int number, long step, SimulatedGateway[] gateways, bool[] silent, CancellationToken stop)
    {
        foreach (var (address, counter, data, person) in speaker.Say(step))
        {
            _counters.Said();
            for (var i = 0; i < options.Heard; i++)
            {
                var gateway = (number + i) % gateways.Length;
                if (!silent[gateway])
                {
                    await gateways[gateway].HearAsync(new HeardAdvert(address, counter, data, speaker.RssiAt(gateway, step), person), stop).ConfigureAwait(false);
                }
            }
        }
    }
}
