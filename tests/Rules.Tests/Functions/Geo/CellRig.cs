using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Geo;

/// <summary>One cell over positions, fed by hand. Offsets are metres north and east of a place at 31° N.</summary>
internal sealed class CellRig(Cell cell)
{
    private const double MetresPerDegree = 110_870;

    private readonly long[] _memory = new long[cell.Words];

    public double At(double seconds, double north, double east = 0) => At(seconds, Place(north, east).Pack());

    public double Unknown(double seconds) => At(seconds, double.NaN);

    /// <summary>The value at a row without a position.</summary>
    public double Later(double seconds) => cell.Read(_memory, MomentOf(seconds));

    public void Late(double seconds, double north) => cell.FeedLate(_memory, [Place(north, 0).Pack()], MomentOf(seconds));

    public static GeoPosition Place(double north, double east)
    {
        // A degree of longitude at 31° N is 95,506 m.
        Assert.True(GeoPosition.TryCreate(31 + (north / MetresPerDegree), 121 + (east / 95_506), out var position));
        return position;
    }

    private double At(double seconds, double packed)
    {
        var now = MomentOf(seconds);
        cell.Feed(_memory, [packed], now);
        return cell.Read(_memory, now);
    }

    private static Moment MomentOf(double seconds) => Moment.At(1_700_000_000_000 + (long)Math.Round(seconds * 1000));
}
