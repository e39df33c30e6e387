using Fengsui.Vehicles.Driving;

namespace Fengsui.Vehicles;

/// <summary>Lets vehicles drive and report once, to the end that the options name.</summary>
public sealed class VehiclesRunner(VehiclesOptions options)
{
    private readonly VehiclesCounters _counters = new();

    /// <summary>What has happened so far.</summary>
    public VehiclesSummary Snapshot() => _counters.Summary();

    /// <summary>Runs to the end. Cancelling ends the driving early; what is open is still sent, within the drain time-out.</summary>
    /// <exception cref="IOException">The route file is no good.</exception>
    public async Task<VehiclesSummary> RunAsync(CancellationToken cancellation = default)
    {
        var routes = options.RoutesPath is { } path ? RouteFile.Read(path, options.Route) : [DrivenRoute.BuiltIn];
        var startMs = options.StartMs ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1_000;
        using var acked = options.AckedLogPath is { } file ? new AckedPositions(file) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var abort = new CancellationTokenSource();
        using var drain = stop.Token.Register(() => abort.CancelAfter(options.DrainTimeout));
        if (options.Duration is { } duration)
        {
            stop.CancelAfter(duration);
        }

        await Task.WhenAll(Enumerable.Range(0, options.Vehicles).Select(vehicle => Task.Run(() => DriveAsync(vehicle)))).ConfigureAwait(false);
        return _counters.Summary();

        async Task DriveAsync(int vehicle)
        {
            using var terminal = Make(vehicle);
            await terminal.RunAsync(stop.Token, abort.Token).ConfigureAwait(false);
        }

        VehicleTerminal Make(int vehicle) => new(
            options.FirstPhone + vehicle,
            options.Version == TerminalVersion.Jt2019 || (options.Version == TerminalVersion.Mixed && vehicle % 2 == 1),
            new Drive(vehicle, routes[vehicle % routes.Count], options, startMs),
            options,
            _counters,
            acked);
    }
}
