using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Which shard owns a device. The unit is the zone, so that rules over a zone stay inside one shard; devices that no one
/// has put into a zone are spread by their id.
/// </summary>
internal static class Placement
{
    private const uint FnvOffset = 2_166_136_261;
    private const uint FnvPrime = 16_777_619;

    public static byte ShardOf(int device, DeviceFacts facts, int shards) =>
        facts.Zone == DeviceFacts.DefaultZone ? (byte)((uint)device % (uint)shards) : ShardOf(facts.Zone, shards);

    /// <summary>Which shard owns a zone.</summary>
    public static byte ShardOf(string zone, int shards) => (byte)(Hash(zone) % (uint)shards);

    private static uint Hash(string zone)
    {
        var hash = FnvOffset;
        foreach (var character in zone)
        {
            hash = (hash ^ character) * FnvPrime;
        }

        return hash;
    }
}
