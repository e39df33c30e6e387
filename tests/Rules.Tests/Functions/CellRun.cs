using Fengsui.Rules.Evaluation.Cells;

namespace Fengsui.Rules.Tests.Functions;

/// <summary>One cell with its memory, fed as a program would.</summary>
internal sealed class CellRun(Cell cell)
{
    private readonly long[] _memory = new long[cell.Words];
    private long _fedMs = long.MinValue;

    public void Feed(long timeMs, params double[] arguments)
    {
        if (timeMs < _fedMs)
        {
            cell.FeedLate(_memory, arguments, Moment.At(timeMs));
            return;
        }

        _fedMs = timeMs;
        cell.Feed(_memory, arguments, Moment.At(timeMs));
    }

    public double Read(long timeMs) => cell.Read(_memory, Moment.At(timeMs));
}
