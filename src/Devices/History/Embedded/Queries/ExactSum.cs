namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// A sum that carries its rounding errors along. The sum of decimals is then nearly always the double nearest to the true
/// one, which reads well, does not depend on how the readings were split into buckets, and packs as a decimal.
/// </summary>
internal struct ExactSum
{
    private double _sum;
    private double _rest;

    /// <summary>Infinite or NaN as a plain sum would be.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _rest : _sum;

    public void Add(double value)
    {
        var sum = _sum + value;
        _rest += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    public void AddProduct(double value, double factor)
    {
        var product = value * factor;
        Add(product);
        _rest += Math.FusedMultiplyAdd(value, factor, -product);
    }
}
