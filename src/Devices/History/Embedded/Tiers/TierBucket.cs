namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>
/// The readings of one series in [<paramref name="StartMs"/>, StartMs + step), summed up. It says nothing of what is held
/// into the bucket from before or out of it: that follows from its neighbours, so a slow sensor costs no empty buckets.
/// </summary>
/// <param name="FirstMs">From the start to the first reading, usable or not.</param>
/// <param name="HoldMs">From the start to the last usable reading; −1 when an unusable one came after it or none is usable.</param>
/// <param name="Integral">Value times milliseconds over the time between readings of the bucket for which the signal is known.</param>
/// <param name="Weight">Those milliseconds.</param>
internal readonly record struct TierBucket(
    long StartMs,
    long FirstMs,
    long HoldMs,
    long Count,
    long Unusable,
    long Weight,
    double Min,
    double Max,
    double Sum,
    double Last,
    double Integral)
{
    /// <summary>
    /// A bucket whose readings are no longer there, with further readings of the same bucket that are not in it. Exact but
    /// for the integral and the last value, which are so when the further ones came after.
    /// </summary>
    public TierBucket With(in TierBucket further, long holdLimitMs)
    {
        var (integral, weight) = (Integral + further.Integral, Weight + further.Weight);
        var follows = HoldMs >= 0 && further.FirstMs >= HoldMs;
        if (follows)
        {
            var held = Math.Min(further.FirstMs - HoldMs, holdLimitMs);
            (integral, weight) = (integral + (Last * held), weight + held);
        }

        // A bucket that an unusable reading ended does not say when its last usable one was: it is taken for the earlier one.
        var endsLater = follows || Count == 0 || (further.Count > 0 && further.HoldMs >= HoldMs);
        return this with
        {
            FirstMs = Math.Min(FirstMs, further.FirstMs),
            HoldMs = endsLater ? further.HoldMs : HoldMs,
            Last = endsLater && further.Count > 0 ? further.Last : Last,
            Count = Count + further.Count,
            Unusable = Unusable + further.Unusable,
            Min = Count == 0 ? further.Min : further.Count == 0 ? Min : Math.Min(Min, further.Min),
            Max = Count == 0 ? further.Max : further.Count == 0 ? Max : Math.Max(Max, further.Max),
            Sum = Sum + further.Sum,
            Integral = integral,
            Weight = weight,
        };
    }
}
