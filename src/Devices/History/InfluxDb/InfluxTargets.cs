using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb;

/// <summary>All targets of an engine. Each goes its own way: one that is down holds up no other.</summary>
public sealed class InfluxTargets : IAsyncDisposable
{
    private readonly List<InfluxTarget> _targets = [];

    private InfluxTargets()
    {
    }

    public IReadOnlyList<InfluxTarget> All => _targets;

    /// <summary>Opens the targets of an engine that is open and not yet started, so that no journal that they need can go.</summary>
    /// <exception cref="IOException">A target's folder cannot be used.</exception>
    public static async Task<InfluxTargets> OpenAsync(
        DeviceEngine engine, IReadOnlyList<InfluxTargetOptions> options, TimeProvider time, Action<EngineIncident> report)
    {
        var targets = new InfluxTargets();
        try
        {
            foreach (var target in options)
            {
                targets._targets.Add(InfluxTarget.Open(engine, target, time, report));
            }

            return targets;
        }
        catch
        {
            await targets.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Start() => _targets.ForEach(target => target.Start());

    /// <summary>Writes what the journal holds now, as far as servers take it within the time given.</summary>
    public Task DrainAsync(TimeSpan patience) => Task.WhenAll(_targets.Select(target => target.DrainAsync(patience)));

    public async ValueTask DisposeAsync()
    {
        foreach (var target in _targets)
        {
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }
}
