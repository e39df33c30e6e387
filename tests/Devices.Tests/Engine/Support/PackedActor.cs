using System.Buffers.Binary;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>
/// Snapshots in a form in which equal states are equal bytes: slots by metric, and zero where the state of a quiet rule
/// or an idle level means nothing.
/// </summary>
internal static class PackedActor
{
    private const int SlotBytes = 19;
    private const int RuleBytes = 55;
    private const int LevelBytes = 17;

    public static byte[] Canonical(byte[] snapshot)
    {
        var decoded = Snapshot.Decode(snapshot);
        return (decoded with { Actors = [.. decoded.Actors.Select(actor => KeyValuePair.Create(actor.Key, CanonicalActor(actor.Value)))] }).Encode();
    }

    private static byte[] CanonicalActor(byte[] packed)
    {
        var canonical = (byte[])packed.Clone();
        var state = canonical.AsSpan(StateOffset(packed));
        var slots = BinaryPrimitives.ReadInt32LittleEndian(state[9..]);
        var rules = BinaryPrimitives.ReadInt32LittleEndian(state[13..]);
        var rest = state[21..];
        var sorted = Enumerable.Range(0, slots).Select(i => Slot(i)).OrderBy(slot => BinaryPrimitives.ReadUInt16LittleEndian(slot)).ToArray();
        sorted.SelectMany(slot => slot).ToArray().CopyTo(rest);
        rest = rest[(slots * SlotBytes)..];
        for (; rules > 0; rules--)
        {
            if (rest[52] == 0 && rest[53] == 0)
            {
                rest.Slice(24, 8).Clear();
            }

            var levels = rest[54];
            rest = rest[RuleBytes..];
            for (; levels > 0; levels--, rest = rest[LevelBytes..])
            {
                if (rest[16] == 0)
                {
                    rest[..16].Clear();
                }
            }
        }

        return canonical;

        byte[] Slot(int slot) => packed[(StateOffset(packed) + 21 + slot * SlotBytes)..(StateOffset(packed) + 21 + (slot + 1) * SlotBytes)];
    }

    private static int StateOffset(byte[] packed)
    {
        var reader = new RecordReader(packed);
        DeviceClock.Read(ref reader);
        for (var words = 4; words > 0; words--)
        {
            reader.Int64();
        }

        if (reader.Int32() > 0)
        {
            reader.String();
            reader.Int64();
            reader.Int64();
        }

        reader.Int64();
        for (var rows = 2 * reader.Int32(); rows > 0; rows--)
        {
            reader.Int64();
        }

        return packed.Length - reader.Remaining;
    }
}
