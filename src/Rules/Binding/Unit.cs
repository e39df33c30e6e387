using Fengsui.Rules.Library.Gases;

namespace Fengsui.Rules.Binding;

/// <summary>
/// The unit of a number. A value in it times <paramref name="Scale"/> plus <paramref name="Offset"/> is the value in the first unit
/// of its dimension.
/// </summary>
internal sealed record Unit(string Name, string Dimension, double Scale, double Offset = 0)
{
    public const string VolumeFraction = "volume fraction";
    public const string MassConcentration = "mass concentration";

    /// <summary>Of which gas it is a concentration; null when nobody said.</summary>
    public GasBasis? Gas { get; init; }

    public bool IsBarePercent => Name == "%";

    public bool IsConcentration => Dimension is VolumeFraction or MassConcentration;

    /// <summary>One measures the volume of something in air, the other its mass.</summary>
    public bool IsOtherConcentration(Unit other) => IsConcentration && other.IsConcentration && Dimension != other.Dimension;

    /// <summary>Whether a value in it can be said in the other unit.</summary>
    public bool ConvertsTo(Unit target) => Dimension == target.Dimension || (IsOtherConcentration(target) && SharedGas(target) is not null);

    /// <summary>The value in another unit that it converts to, rounded where binary arithmetic leaves noise.</summary>
    public double Convert(double value, Unit target)
    {
        if (target == this || value == 0 && Offset == target.Offset)
        {
            return value;
        }

        var converted = (ToDimension((value * Scale) + Offset, target) - target.Offset) / target.Scale;
        var digits = 12 - (int)Math.Ceiling(Math.Log10(Math.Max(Math.Abs(converted), 1e-3)));
        return Math.Round(converted, Math.Clamp(digits, 0, 15));
    }

    /// <summary>The gas of both; null when neither has one, or they are of two.</summary>
    private GasBasis? SharedGas(Unit other) =>
        Gas is null || other.Gas is null ? Gas ?? other.Gas
        : Gas == other.Gas ? Gas
        : null;

    private double ToDimension(double value, Unit target) =>
        Dimension == target.Dimension || SharedGas(target) is not { } gas ? value
        : Dimension == MassConcentration ? gas.ToPpm(value)
        : gas.ToMilligrams(value);
}
