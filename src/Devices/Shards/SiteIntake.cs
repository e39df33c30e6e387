using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules;

namespace Fengsui.Devices.Shards;

/// <summary>Brings what was said of a zone, or of an alert, to the zone or device of this shard that it is about.</summary>
internal sealed class SiteIntake(ActorTable actors, DeviceTable devices)
{
    public void Take(long position, SiteRecord record, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        if (record.Fact is AlertReset { Device.Length: 0 } ofZone)
        {
            actors.Zones.Reset(record.Zone, ofZone.Rule, position, actors.RuleSetVersion, clock, buffer, recorder);
        }
        else if (record.Fact is AlertReset reset)
        {
            Reset(position, reset, clock, buffer, recorder);
        }
        else if (actors.Zones.Take(record, clock.NowMs))
        {
            actors.Zones.RunChanged(position, actors.RuleSetVersion, clock, buffer, recorder);
        }
    }

    private void Reset(long position, AlertReset reset, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        // The table may hold devices that the journal declares later.
        if (devices.Find(reset.Device)?.Id is not { } device || device >= actors.Counts.Devices || !actors.Owns(device))
        {
            return;
        }

        var actor = actors.Live(device);
        actor.Reset(reset.Rule, clock, actors.Zones.Of(device)?.State, buffer);
        recorder.Record(buffer, AlertSubject.Of(actor.Device, actor.Facts), actors.RuleSetVersion, position, device, clock.NowMs);
    }
}
