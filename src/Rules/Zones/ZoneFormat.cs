using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Rules.Zones;

/// <summary>
/// What the members of a zone said, as bytes, little-endian: u8 version, i32 aggregates; of each its identity u64, i32
/// members, and of each member i32 device, f64 value, i64 journal time.
/// </summary>
internal static class ZoneFormat
{
    private const byte Version = 1;
    private const int HeadBytes = 1 + sizeof(int);
    private const int AggregateBytes = sizeof(ulong) + sizeof(int);
    private const int MemberBytes = sizeof(int) + sizeof(double) + sizeof(long);

    public static void Write(AggregateState?[] aggregates, IBufferWriter<byte> output)
    {
        var spoken = aggregates.OfType<AggregateState>().Where(state => state.Count > 0).ToList();
        var head = output.GetSpan(HeadBytes);
        head[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], spoken.Count);
        output.Advance(HeadBytes);
        foreach (var state in spoken)
        {
            Write(state, output);
        }
    }

    public static void Read(AggregateState?[] aggregates, ref ReadOnlySpan<byte> input)
    {
        var head = Take(ref input, HeadBytes);
        if (head[0] != Version)
        {
            throw new InvalidDataException($"a zone of version {head[0]}, not {Version}");
        }

        var known = aggregates.OfType<AggregateState>().ToDictionary(state => IdentityOf(state.Aggregate));
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(head[1..]); left > 0; left--)
        {
            var bytes = Take(ref input, AggregateBytes);
            var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
            var members = Take(ref input, count < 0 || count > int.MaxValue / MemberBytes ? -1 : count * MemberBytes);
            if (known.TryGetValue(BinaryPrimitives.ReadUInt64LittleEndian(bytes), out var state))
            {
                Read(state, members);
            }
        }
    }

    private static void Write(AggregateState state, IBufferWriter<byte> output)
    {
        var size = AggregateBytes + (state.Count * MemberBytes);
        var bytes = output.GetSpan(size);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, IdentityOf(state.Aggregate));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], state.Count);
        for (var i = 0; i < state.Count; i++)
        {
            var member = bytes[(AggregateBytes + (i * MemberBytes))..];
            BinaryPrimitives.WriteInt32LittleEndian(member, state[i].Device);
            BinaryPrimitives.WriteDoubleLittleEndian(member[4..], state[i].Value);
            BinaryPrimitives.WriteInt64LittleEndian(member[12..], state[i].TimeMs);
        }

        output.Advance(size);
    }

    private static void Read(AggregateState state, ReadOnlySpan<byte> members)
    {
        for (; !members.IsEmpty; members = members[MemberBytes..])
        {
            state.Set(
                BinaryPrimitives.ReadInt32LittleEndian(members),
                BinaryPrimitives.ReadDoubleLittleEndian(members[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(members[12..]));
        }
    }

    private static ulong IdentityOf(ZoneAggregate aggregate) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(aggregate.Canonical)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int count)
    {
        if (count < 0 || input.Length < count)
        {
            throw new InvalidDataException("a zone is cut short");
        }

        var taken = input[..count];
        input = input[count..];
        return taken;
    }
}
