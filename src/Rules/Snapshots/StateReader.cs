using System.Buffers.Binary;
using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Snapshots;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Checks every length and enum: a snapshot is a file, and files rot.</summary>
internal static class StateReader
{
    public static DeviceState Read(RuleProgram program, ref ReadOnlySpan<byte> input)
    {
        var version = Take(ref input, 1)[0];
        if (version != StateFormat.Version)
        {
            throw new InvalidDataException($"a device's state is of version {version}, not {StateFormat.Version}");
        }

        var state = program.CreateState();
        state.LastEventTimeMs = BinaryPrimitives.ReadInt64LittleEndian(Take(ref input, 8));
        var slots = BinaryPrimitives.ReadInt32LittleEndian(Take(ref input, 4));
        var rules = BinaryPrimitives.ReadInt32LittleEndian(Take(ref input, 4));
        var cells = BinaryPrimitives.ReadInt32LittleEndian(Take(ref input, 4));
        for (var i = 0; i < slots; i++)
        {
            ReadSlot(program, state, Take(ref input, StateFormat.SlotBytes));
        }

        var places = PlacesOf(program);
        for (var i = 0; i < rules; i++)
        {
            ReadRule(program, places, state, ref input);
        }

        for (var i = 0; i < cells; i++)
        {
            ReadCell(program, state, ref input);
        }

        return state;
    }

    private static void ReadCell(RuleProgram program, DeviceState state, ref ReadOnlySpan<byte> input)
    {
        var bytes = Take(ref input, StateFormat.CellBytes);
        var memory = Take(ref input, BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        var identity = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        for (var i = 0; i < program.Cells.Length; i++)
        {
            var cell = program.Cells[i];
            if (cell.Identity == identity)
            {
                state.FedMs[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
                MemoryRuns.Read(memory, state.Memory.AsSpan(cell.Offset, cell.Words));
            }
        }
    }

    private static void ReadSlot(RuleProgram program, DeviceState state, ReadOnlySpan<byte> bytes)
    {
        var slot = program.Layout.SlotFor(BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        state.EnsureSlots(slot + 1);
        state.Slots[slot] = new SlotValue
        {
            Quality = (Quality)Checked(bytes[2], (byte)Quality.Bad, "quality"),
            EventTimeMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[3..]),
            Value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[11..]),
        };
    }

    private static void ReadRule(RuleProgram program, Dictionary<UInt128, int> places, DeviceState state, ref ReadOnlySpan<byte> input)
    {
        var bytes = Take(ref input, StateFormat.RuleBytes);
        var levelCount = bytes[54];
        var levels = Take(ref input, levelCount * StateFormat.LevelBytes);
        if (!places.TryGetValue(BinaryPrimitives.ReadUInt128LittleEndian(bytes), out var place))
        {
            return;
        }

        ref readonly var rule = ref program.CompiledRules[place];
        Checked(levelCount, (byte)rule.LevelCount, "level count");
        state.Rules[place] = new RuleState
        {
            LastEvaluatedMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            StartMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            FloorMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            TickedMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            Sequence = BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]),
            Tier = (Tier)Checked(bytes[52], (byte)Tier.CrossBorder, "tier"),
            IsPending = Checked(bytes[53], 1, "pending mark") == 1,
        };
        for (var i = 0; i < levelCount; i++)
        {
            state.Levels[rule.FirstLevel + i] = ReadLevel(levels.Slice(i * StateFormat.LevelBytes, StateFormat.LevelBytes));
        }
    }

    private static LevelState ReadLevel(ReadOnlySpan<byte> bytes) => new()
    {
        SinceMs = BinaryPrimitives.ReadInt64LittleEndian(bytes),
        MarkMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        Phase = (LevelPhase)Checked(bytes[16], (byte)LevelPhase.Holding, "phase"),
    };

    private static Dictionary<UInt128, int> PlacesOf(RuleProgram program)
    {
        var places = new Dictionary<UInt128, int>();
        for (var i = 0; i < program.CompiledRules.Length; i++)
        {
            places.Add(BinaryPrimitives.ReadUInt128LittleEndian(program.CompiledRules[i].Identity), i);
        }

        return places;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int count)
    {
        if (count < 0 || input.Length < count)
        {
            throw new InvalidDataException("a device's state is cut short");
        }

        var taken = input[..count];
        input = input[count..];
        return taken;
    }

    private static byte Checked(byte value, byte max, string what) =>
        value <= max ? value : throw new InvalidDataException($"a device's state has the {what} {value}");
}
