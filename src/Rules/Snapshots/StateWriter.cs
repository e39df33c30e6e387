using System.Buffers;
using System.Buffers.Binary;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation;

namespace Fengsui.Rules.Snapshots;

/// <summary>Writes a device's state: version, last event time, reported slots, rules that ever ran. What is at its default is left out.</summary>
internal static class StateWriter
{
    private const int HeaderBytes = 1 + 8 + 4 + 4;

    public static void Write(RuleProgram program, DeviceState state, IBufferWriter<byte> output)
    {
        var (slots, rules, levels) = Count(program, state);
        var size = HeaderBytes + (slots * StateFormat.SlotBytes) + (rules * StateFormat.RuleBytes) + (levels * StateFormat.LevelBytes);
        var cursor = output.GetSpan(size);
        WriteHeader(ref cursor, state.LastEventTimeMs, slots, rules);
        for (var i = 0; i < state.Slots.Length; i++)
        {
            if (state.Slots[i].EventTimeMs != DeviceState.Never)
            {
                WriteSlot(ref cursor, program.Layout.MetricOf(i), state.Slots[i]);
            }
        }

        for (var i = 0; i < state.Rules.Length; i++)
        {
            if (IsWorthWriting(state.Rules[i]))
            {
                WriteRule(ref cursor, program.Compiled[i], state.Rules[i], state.Levels);
            }
        }

        output.Advance(size);
    }

    private static bool IsWorthWriting(in RuleState rule) =>
        rule.LastEvaluatedMs != DeviceState.Never || rule.FloorMs != DeviceState.Never || !rule.IsQuiet;

    private static (int Slots, int Rules, int Levels) Count(RuleProgram program, DeviceState state)
    {
        var (slots, rules, levels) = (0, 0, 0);
        foreach (ref readonly var slot in state.Slots.AsSpan())
        {
            slots += slot.EventTimeMs == DeviceState.Never ? 0 : 1;
        }

        for (var i = 0; i < state.Rules.Length; i++)
        {
            if (IsWorthWriting(state.Rules[i]))
            {
                rules++;
                levels += program.Compiled[i].LevelCount;
            }
        }

        return (slots, rules, levels);
    }

    private static void WriteHeader(ref Span<byte> cursor, long lastEventTime, int slots, int rules)
    {
        cursor[0] = StateFormat.Version;
        BinaryPrimitives.WriteInt64LittleEndian(cursor[1..], lastEventTime);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[9..], slots);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[13..], rules);
        cursor = cursor[HeaderBytes..];
    }

    private static void WriteSlot(ref Span<byte> cursor, ushort metric, in SlotValue slot)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(cursor, metric);
        cursor[2] = (byte)slot.Quality;
        BinaryPrimitives.WriteInt64LittleEndian(cursor[3..], slot.EventTimeMs);
        BinaryPrimitives.WriteDoubleLittleEndian(cursor[11..], slot.Value);
        cursor = cursor[StateFormat.SlotBytes..];
    }

    private static void WriteRule(ref Span<byte> cursor, in CompiledRule rule, in RuleState state, LevelState[] levels)
    {
        rule.Identity.CopyTo(cursor);
        BinaryPrimitives.WriteInt64LittleEndian(cursor[16..], state.LastEvaluatedMs);
        BinaryPrimitives.WriteInt64LittleEndian(cursor[24..], state.StartMs);
        BinaryPrimitives.WriteInt64LittleEndian(cursor[32..], state.FloorMs);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[40..], state.Sequence);
        cursor[44] = (byte)state.Tier;
        cursor[45] = state.IsPending ? (byte)1 : (byte)0;
        cursor[46] = (byte)rule.LevelCount;
        cursor = cursor[StateFormat.RuleBytes..];
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(cursor, levels[i].SinceMs);
            BinaryPrimitives.WriteInt64LittleEndian(cursor[8..], levels[i].MarkMs);
            cursor[16] = (byte)levels[i].Phase;
            cursor = cursor[StateFormat.LevelBytes..];
        }
    }
}
