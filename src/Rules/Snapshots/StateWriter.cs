using System.Buffers;
using System.Buffers.Binary;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Evaluation.Cells;

namespace Fengsui.Rules.Snapshots;

/// <summary>Writes a device's state: version, last event time, reported slots, rules that ever ran, cells that remember something. What is at its default is left out.</summary>
internal static class StateWriter
{
    private const int HeaderBytes = 1 + 8 + 4 + 4 + 4;

    public static void Write(RuleProgram program, DeviceState state, IBufferWriter<byte> output)
    {
        var (slots, rules, levels) = Count(program, state);
        var size = HeaderBytes + (slots * StateFormat.SlotBytes) + (rules * StateFormat.RuleBytes) + (levels * StateFormat.LevelBytes) + CellsSize(program, state, out var cells);
        var cursor = output.GetSpan(size);
        WriteHeader(ref cursor, state.LastEventTimeMs, slots, rules, cells);
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
                WriteRule(ref cursor, program.CompiledRules[i], state.Rules[i], state.Levels);
            }
        }

        for (var i = 0; i < state.FedMs.Length; i++)
        {
            WriteCell(ref cursor, program.Cells[i], state, i);
        }

        output.Advance(size);
    }

    private static bool IsWorthWriting(in RuleState rule) =>
        rule.LastEvaluatedMs != DeviceState.Never || rule.FloorMs != DeviceState.Never || rule.TickedMs != DeviceState.Never || !rule.IsQuiet;

    private static bool IsWorthWriting(CompiledCell cell, DeviceState state, int index) =>
        state.FedMs[index] != DeviceState.Never || state.Memory.AsSpan(cell.Offset, cell.Words).ContainsAnyExcept(0L);

    private static int CellsSize(RuleProgram program, DeviceState state, out int count)
    {
        (count, var size) = (0, 0);
        for (var i = 0; i < program.Cells.Length; i++)
        {
            var cell = program.Cells[i];
            if (IsWorthWriting(cell, state, i))
            {
                count++;
                size += StateFormat.CellBytes + MemoryRuns.SizeBytes(state.Memory.AsSpan(cell.Offset, cell.Words));
            }
        }

        return size;
    }

    private static void WriteCell(ref Span<byte> cursor, CompiledCell cell, DeviceState state, int index)
    {
        if (!IsWorthWriting(cell, state, index))
        {
            return;
        }

        var words = state.Memory.AsSpan(cell.Offset, cell.Words);
        BinaryPrimitives.WriteUInt64LittleEndian(cursor, cell.Identity);
        BinaryPrimitives.WriteInt64LittleEndian(cursor[8..], state.FedMs[index]);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[16..], MemoryRuns.SizeBytes(words));
        cursor = cursor[StateFormat.CellBytes..];
        MemoryRuns.Write(words, ref cursor);
    }

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
                levels += program.CompiledRules[i].LevelCount;
            }
        }

        return (slots, rules, levels);
    }

    private static void WriteHeader(ref Span<byte> cursor, long lastEventTime, int slots, int rules, int cells)
    {
        cursor[0] = StateFormat.Version;
        BinaryPrimitives.WriteInt64LittleEndian(cursor[1..], lastEventTime);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[9..], slots);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[13..], rules);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[17..], cells);
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
        BinaryPrimitives.WriteInt64LittleEndian(cursor[40..], state.TickedMs);
        BinaryPrimitives.WriteInt32LittleEndian(cursor[48..], state.Sequence);
        cursor[52] = (byte)state.Tier;
        cursor[53] = state.IsPending ? (byte)1 : (byte)0;
        cursor[54] = (byte)rule.LevelCount;
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
