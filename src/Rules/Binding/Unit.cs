namespace Fengsui.Rules.Binding;

/// <summary>A unit of a literal. A value in it times <paramref name="Scale"/> plus <paramref name="Offset"/> is the value in the first unit of its dimension.</summary>
internal sealed record Unit(string Name, string Dimension, double Scale, double Offset = 0)
{
    public bool IsBarePercent => Name == "%";

    /// <summary>The value in another unit of the same dimension, rounded where binary arithmetic leaves noise.</summary>
    public double Convert(double value, Unit target)
    {
        if (target == this || value == 0 && Offset == target.Offset)
        {
            return value;
        }

        var converted = ((value * Scale) + Offset - target.Offset) / target.Scale;
        var digits = 12 - (int)Math.Ceiling(Math.Log10(Math.Max(Math.Abs(converted), 1e-3)));
        return Math.Round(converted, Math.Clamp(digits, 0, 15));
    }
}
