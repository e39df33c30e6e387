using Fengsui.Rules.Library.Schedules;

namespace Fengsui.Rules.Evaluation.Cells;

/// <summary>
/// Whether a schedule is on. Remembers nothing of a device. Schedules change at whole minutes, so the answer for the latest
/// minute is kept for all devices of the program: they live at about the same time, and a row costs a division.
/// </summary>
internal sealed class DuringCell(Schedule schedule) : Cell
{
    private const long MinuteMs = 60_000;

    private long _minute = long.MinValue;
    private double _isDuring;

    public override int Words => 0;

    public override bool IsTimed => true;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
    }

    public override double Read(Span<long> memory, in Moment now)
    {
        // Rounded down, also before 1970.
        var minute = (now.EventMs - (now.EventMs < 0 ? MinuteMs - 1 : 0)) / MinuteMs;
        if (minute != _minute)
        {
            (_minute, _isDuring) = (minute, schedule.IsDuring(now.EventMs) ? 1 : 0);
        }

        return _isDuring;
    }
}
