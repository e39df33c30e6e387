using System.Runtime.CompilerServices;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation.Cells;

namespace Fengsui.Rules.Evaluation;

/// <summary>What an expression can see while it is evaluated: one device at one moment. One for each program, reused.</summary>
internal sealed class Scope(CompiledCell[] cells, int maxArguments)
{
    private readonly CompiledCell[] _cells = cells;
    private readonly double[] _arguments = new double[maxArguments];
    private long _nowMs;
    private long _carriedMs;

    public double[] Stack { get; } = new double[StackMachine.MaxDepth + 1];

    private SlotValue[] Slots { get; set; } = [];

    private long[] Memory { get; set; } = [];

    /// <summary>When each cell was fed last.</summary>
    private long[] Fed { get; set; } = [];

    /// <summary>Values of the zone inputs of the program.</summary>
    private double[] Zone { get; set; } = [];

    /// <summary>What the device reported last, whatever expressions may see of it.</summary>
    private SlotValue[] Reported { get; set; } = [];

    public Moment Now { get; private set; }

    /// <summary>A late row is judged by its own values: what functions remember and the zone says is unknown then.</summary>
    public bool IsLateRow { get; set; }

    /// <summary>No row: what only samples say is unknown.</summary>
    public bool IsTick { get; set; }

    /// <param name="slots">What expressions see as the values of metrics: all that was reported, or a part of it.</param>
    public void Enter(DeviceState state, SlotValue[] slots, in Moment now)
    {
        Slots = slots;
        Reported = state.Slots;
        Memory = state.Memory;
        Fed = state.FedMs;
        Zone = state.Zone;
        Now = now;
        _nowMs = now.EventMs;
        _carriedMs = now.EventMs;
        IsLateRow = false;
        IsTick = false;
    }

    /// <summary>
    /// Functions see at least this time: one that a tick has shown to a rule is not taken back by a row that comes a little behind it. How
    /// old samples are is still judged by the row.
    /// </summary>
    public void Carry(long ms) => _carriedMs = Math.Max(_nowMs, ms);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Slot(int slot, long maxAgeMs)
    {
        ref readonly var value = ref Slots[slot];
        return unchecked(_nowMs - value.EventTimeMs) <= maxAgeMs ? value.Value : double.NaN;
    }

    public double Latest(int slot) => Reported[slot].Value;

    public double ReadCell(int index)
    {
        if (IsLateRow)
        {
            return double.NaN;
        }

        var cell = _cells[index];
        if ((IsTick && !cell.Cell.SpeaksAtTicks) || (Fed[index] == DeviceState.Never ? !cell.Cell.Lasts : unchecked(_nowMs - Fed[index]) > cell.MaxAgeMs))
        {
            return double.NaN;
        }

        return cell.Cell.Read(Memory.AsSpan(cell.Offset, cell.Words), _carriedMs == _nowMs ? Now : Now with { EventMs = _carriedMs });
    }

    public double ReadZone(int index) => IsLateRow ? double.NaN : Zone[index];

    public void Begin(int index)
    {
        var cell = _cells[index];
        cell.Cell.Begin(Memory.AsSpan(cell.Offset, cell.Words), Now);
    }

    /// <summary>Computes the arguments of a cell and gives them to it. False when the row is late for it: then nothing has happened.</summary>
    public bool TryFeed(DeviceState state, int index)
    {
        var cell = _cells[index];
        if (Now.EventMs < state.FedMs[index] && !cell.IsFedByTicks)
        {
            return false;
        }

        // A tick may run a little ahead of the row that comes next; what that row reports is news all the same.
        var at = Math.Max(Now.EventMs, state.FedMs[index]);
        state.FedMs[index] = at;
        Carry(at);
        cell.Cell.Feed(Memory.AsSpan(cell.Offset, cell.Words), ArgumentsOf(cell), Now with { EventMs = at });
        Carry(_nowMs);
        return true;
    }

    /// <summary>As <see cref="TryFeed"/> for a late row, of which the scope shows nothing but its own values. Nothing when it is not late.</summary>
    public void FeedLate(DeviceState state, int index)
    {
        var cell = _cells[index];
        if (Now.EventMs < state.FedMs[index] && !cell.IsFedByTicks)
        {
            cell.Cell.FeedLate(Memory.AsSpan(cell.Offset, cell.Words), ArgumentsOf(cell), Now);
        }
    }

    private ReadOnlySpan<double> ArgumentsOf(CompiledCell cell)
    {
        var arguments = _arguments.AsSpan(0, cell.Arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            var code = cell.Arguments[i];
            arguments[i] = code is [{ Op: OpCode.PushSlot } metric] ? Slot(metric.Slot, metric.MaxAgeMs) : StackMachine.Number(code, this);
        }

        return arguments;
    }
}
