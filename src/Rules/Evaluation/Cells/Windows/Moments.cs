namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>Count, mean and sum of squared deviations of some values; two of them join exactly as if their values had been one set (Chan, Golub, LeVeque).</summary>
internal readonly record struct Moments(long Count, double Mean, double Squares)
{
    public Moments Join(Moments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var count = Count + other.Count;
        var apart = other.Mean - Mean;
        var share = (double)other.Count / count;
        return new Moments(count, Mean + (apart * share), Squares + other.Squares + (apart * apart * Count * share));
    }
}
