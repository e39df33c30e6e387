using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Doubles that are the nearest double of a short decimal (21.37) are integers in disguise: v = n / 10^k, exactly as a
/// decoder computes it. The check is on the bits of that quotient, so −0.0 and NaN are never taken for integers.
/// </summary>
internal static class DecimalScale
{
    /// <summary>Most decimals that are tried.</summary>
    public const int MaxExponent = 9;

    /// <summary>Adding it to |x| below 2^50 leaves x, rounded to nearest even, in the low bits of the sum.</summary>
    private const double Rounder = 6755399441055744.0;
    private const double Limit = 1L << 50;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>The fewest decimals that give <paramref name="value"/> back, or −1.</summary>
    public static int ExponentOf(double value)
    {
        for (var exponent = 0; exponent <= MaxExponent; exponent++)
        {
            if (TryScale(value, Powers[exponent], out _))
                return exponent;
        }

        return -1;
    }

    /// <summary>
    /// Scales a prefix of <paramref name="values"/> and answers its length: the index of the first value that has no exact
    /// integer at this exponent, or the length of all.
    /// </summary>
    public static int Scale(ReadOnlySpan<double> values, int exponent, Span<long> scaled)
    {
        var power = Powers[exponent];
        var done = 0;
        while (done + Vector256<double>.Count <= values.Length && TryScaleFour(values[done..], power, scaled[done..]))
            done += Vector256<double>.Count;
        while (done < values.Length && TryScale(values[done], power, out scaled[done]))
            done++;
        return done;
    }

    public static void Unscale(ReadOnlySpan<long> scaled, int exponent, Span<double> values)
    {
        if ((uint)exponent > MaxExponent)
            throw new InvalidDataException("a decimal exponent is out of range");
        var power = Powers[exponent];
        for (var i = 0; i < scaled.Length; i++)
            values[i] = scaled[i] / power;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScaleFour(ReadOnlySpan<double> values, double power, Span<long> scaled)
    {
        var rounder = Vector256.Create(Rounder);
        var value = Vector256.Create(values);
        var product = value * Vector256.Create(power);
        var sum = product + rounder;
        var back = (sum - rounder) / Vector256.Create(power);
        var exact = Vector256.Equals(back.AsInt64(), value.AsInt64())
            & Vector256.LessThan(Vector256.Abs(product), Vector256.Create(Limit)).AsInt64();
        (sum.AsInt64() - rounder.AsInt64()).CopyTo(scaled);
        return exact == Vector256<long>.AllBitsSet;
    }

    private static bool TryScale(double value, double power, out long scaled)
    {
        var product = value * power;
        var sum = product + Rounder;
        scaled = BitConverter.DoubleToInt64Bits(sum) - BitConverter.DoubleToInt64Bits(Rounder);
        return Math.Abs(product) < Limit
            && BitConverter.DoubleToInt64Bits((sum - Rounder) / power) == BitConverter.DoubleToInt64Bits(value);
    }
}
