using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Zones;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Engine;

/// <summary>Takes in what is said of zones and persons. What a call gave is durable, and rules have seen it, when the call returns.</summary>
public sealed class SiteAdmission
{
    private readonly DeviceEngine _engine;

    internal SiteAdmission(DeviceEngine engine) => _engine = engine;

    /// <summary>A fact about a zone. One that was said before changes nothing.</summary>
    /// <param name="author">Who says so.</param>
    public Task SubmitAsync(string author, string zone, SiteFact fact, CancellationToken cancellation) =>
        AppendAsync(new SiteRecord(_engine.Clock.NowMs(), author, zone, fact).Encode(), cancellation);

    /// <summary>A person enters a zone, or is outside of all. Their device is declared on the way; false when there is no room for it.</summary>
    /// <param name="zone">Null: outside.</param>
    public async Task<bool> MoveAsync(string person, string? zone, CancellationToken cancellation)
    {
        // A declaration has no time of its own: what follows from it is dated by the tick before.
        await AppendAsync(Tick(), cancellation).ConfigureAwait(false);
        var id = ZoneState.PersonPrefix + person;
        var labels = _engine.Registry.Devices.Find(id)?.Facts.Labels ?? DeviceFacts.Default.Labels;
        if (_engine.Registry.Declare(id, new DeviceFacts(ZoneState.PersonType, zone ?? DeviceFacts.DefaultZone, labels)) is null)
        {
            return false;
        }

        // What the registry declares goes before the next batch: a tick.
        await AppendAsync(Tick(), cancellation).ConfigureAwait(false);
        return true;
    }

    private byte[] Tick()
    {
        var tick = new byte[TickRecord.SizeBytes];
        TickRecord.Write(tick, _engine.Clock.NowMs());
        return tick;
    }

    private async Task AppendAsync(byte[] batch, CancellationToken cancellation)
    {
        while (!_engine.Intake.TryAppend(batch, null, out _))
        {
            await _engine.Intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }

        await _engine.DrainAsync(cancellation).ConfigureAwait(false);
    }
}
