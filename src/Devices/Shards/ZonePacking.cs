using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Shards;

/// <summary>
/// A zone as bytes: the facts that make its site, ids of the latest facts, what its members said, why its rules rest, the
/// state of its rules. Read under the rule set and with the devices that it was written with.
/// </summary>
internal static class ZonePacking
{
    public static byte[] Pack(ZoneActor zone)
    {
        var writer = new RecordWriter();
        SiteFact[] facts = [.. zone.State.Site.Kept];
        writer.Int32(facts.Length);
        foreach (var fact in facts)
        {
            SiteFactFormat.Write(writer, fact);
        }

        writer.Int32(zone.State.Site.RecentIds.Count);
        foreach (var id in zone.State.Site.RecentIds)
        {
            writer.String(id);
        }

        Quarantine.Write(writer, zone.Quarantine);
        zone.State.Write(writer.Raw);
        zone.Program?.Write(zone.RuleState!, writer.Raw);
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no zone.</exception>
    public static void Unpack(ZoneActor zone, ReadOnlySpan<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        var facts = new SiteFact[reader.Count(1 + sizeof(int))];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = SiteFactFormat.Read(ref reader);
        }

        var ids = new string[reader.Count(sizeof(int))];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = reader.String();
        }

        zone.Quarantine = Quarantine.Read(ref reader);
        zone.State.Site = SiteFacts.Restore(facts, ids);
        var rest = bytes[^reader.Remaining..];
        zone.State.Read(ref rest);
        if (zone.Program is { } program)
        {
            zone.Restore(program, program.Read(ref rest));
        }
    }
}
