namespace Fengsui.Rules.Zones.Site;

/// <summary>What is stored of one substance.</summary>
/// <param name="LimitKg">The most that may be; null when nobody said.</param>
public sealed record GoodsEntry(string UnNumber, string Class, double QuantityKg, double? LimitKg)
{
    /// <summary>Kilograms above the limit; 0 without one.</summary>
    public double OverKg => LimitKg is { } limit ? Math.Max(0, QuantityKg - limit) : 0;
}
