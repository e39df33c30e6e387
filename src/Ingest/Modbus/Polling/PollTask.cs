using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>One request of one unit, and when it is due: at its phase and then every period, to the tick, whatever happened before.</summary>
internal sealed class PollTask(ModbusUnit unit, PlannedRead read)
{
    public ModbusUnit Unit => unit;

    public PlannedRead Read => read;

    /// <summary>What was written of its points.</summary>
    public WrittenPoints Written { get; } = new(read.Points);

    public long PeriodTicks { get; } = read.PeriodMs * TimeSpan.TicksPerMillisecond;

    /// <summary>When the first one was due; ticks.</summary>
    public long Phase { get; set; }

    /// <summary>When the one in hand was due, or the next one is; ticks.</summary>
    public long Due { get; private set; }

    /// <summary>How often the one in hand failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Its turn has come; due times that passed without a connection are forgotten.</summary>
    public void BecomeDue(long now) => Due = Math.Max(Due, now - ((now - Phase) % PeriodTicks));

    /// <summary>Makes the first due time after <paramref name="now"/> the next.</summary>
    /// <returns>Due times passed over.</returns>
    public long MoveOn(long now)
    {
        var before = Due;
        Attempts = 0;
        Due = now < Phase ? Phase : Phase + ((((now - Phase) / PeriodTicks) + 1) * PeriodTicks);
        return before == 0 ? 0 : Math.Max(0, ((Due - before) / PeriodTicks) - 1);
    }

    /// <summary>A task for a part of the points, on the same schedule.</summary>
    public PollTask With(PlannedRead part) => new(unit, part) { Phase = Phase, Due = Due };
}
