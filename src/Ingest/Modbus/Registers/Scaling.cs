namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>From the number in a register to the metric's value: times <paramref name="scale"/>, plus <paramref name="offset"/>.</summary>
internal readonly struct Scaling(double scale, double offset)
{
    private const double LargestDivisor = 1e9;

    /// <summary>
    /// Where the scale is one part of a whole number it is divided by that instead, so that 214 tenths are 21.4 and not 21.400000000000002.
    /// </summary>
    private readonly double _divisor = DivisorOf(scale);

    public double Apply(double number) => (_divisor > 0 ? number / _divisor : number * scale) + offset;

    private static double DivisorOf(double scale)
    {
        var divisor = Math.Round(1 / scale);
        return divisor is >= 2 and <= LargestDivisor && 1 / divisor == scale ? divisor : 0;
    }
}
