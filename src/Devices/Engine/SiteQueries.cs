using Fengsui.Devices.Shards;

namespace Fengsui.Devices.Engine;

/// <summary>Read-only questions about zones.</summary>
public sealed class SiteQueries
{
    private readonly DeviceEngine _engine;

    internal SiteQueries(DeviceEngine engine) => _engine = engine;

    /// <summary>Null when the journal has never named such a zone, and for the zone of devices that nobody has put into one.</summary>
    public async Task<ZoneView?> ZoneAsync(string zone)
    {
        var views = await _engine.AllShardsAsync(core => core.Actors.Zones.Find(zone) is { } own ? View(own) : null).ConfigureAwait(false);
        return views.FirstOrDefault(view => view is not null);
    }

    /// <summary>All zones, in the order in which the journal first named them.</summary>
    public async Task<IReadOnlyList<ZoneView>> ZonesAsync()
    {
        var views = await _engine.AllShardsAsync(core => core.Actors.Zones.Own.Select(View).ToList()).ConfigureAwait(false);
        return [.. views.SelectMany(own => own).OrderBy(zone => zone.Number)];
    }

    private static ZoneView View(ZoneActor zone) => new(
        zone.Name,
        zone.Number,
        zone.Devices,
        [.. zone.State.Persons],
        [.. zone.State.Site.Permits.All],
        zone.State.Site.GasTest,
        [.. zone.State.Site.Unlocks],
        [.. zone.State.Site.Goods.Entries],
        zone.Quarantine);
}
