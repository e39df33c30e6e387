namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>What is added to a factor's metric for each of its values: <c>so2</c> now, <c>so2.hour.avg</c> of an hour.</summary>
internal static class ValueSuffix
{
    /// <summary>Bytes of the longest one.</summary>
    public const int MaxBytes = 32;

    /// <param name="field">Behind the code's hyphen: <c>Rtd</c>, <c>Avg</c>, <c>ZsMax</c>…</param>
    /// <param name="suffix">UTF-8; empty for the value as measured now.</param>
    /// <param name="isAmount">True for a sum over the period, which has not the unit of a concentration.</param>
    /// <returns>False for a field that is no value of this period.</returns>
    public static bool TryFind(DataPeriod period, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> suffix, out bool isAmount)
    {
        isAmount = field.SequenceEqual("Cou"u8);
        suffix = default;
        return period == DataPeriod.RealTime ? TryRealTime(field, out suffix) : TryPeriod(period, field, out suffix);
    }

    private static bool TryRealTime(ReadOnlySpan<byte> field, out ReadOnlySpan<byte> suffix)
    {
        suffix = field.SequenceEqual("ZsRtd"u8) ? ".corrected"u8 : default;
        return !suffix.IsEmpty || field.SequenceEqual("Rtd"u8);
    }

    private static bool TryPeriod(DataPeriod period, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> suffix)
    {
        suffix = period switch
        {
            DataPeriod.Minute => Of(field, ".minute.avg"u8, ".minute.min"u8, ".minute.max"u8, ".minute.sum"u8, ".minute.corrected_avg"u8, ".minute.corrected_min"u8, ".minute.corrected_max"u8),
            DataPeriod.Hour => Of(field, ".hour.avg"u8, ".hour.min"u8, ".hour.max"u8, ".hour.sum"u8, ".hour.corrected_avg"u8, ".hour.corrected_min"u8, ".hour.corrected_max"u8),
            DataPeriod.Day => Of(field, ".day.avg"u8, ".day.min"u8, ".day.max"u8, ".day.sum"u8, ".day.corrected_avg"u8, ".day.corrected_min"u8, ".day.corrected_max"u8),
            _ => default,
        };
        return !suffix.IsEmpty;
    }

    private static ReadOnlySpan<byte> Of(
        ReadOnlySpan<byte> field,
        ReadOnlySpan<byte> avg,
        ReadOnlySpan<byte> min,
        ReadOnlySpan<byte> max,
        ReadOnlySpan<byte> sum,
        ReadOnlySpan<byte> correctedAvg,
        ReadOnlySpan<byte> correctedMin,
        ReadOnlySpan<byte> correctedMax) =>
        field.SequenceEqual("Avg"u8) ? avg
        : field.SequenceEqual("Min"u8) ? min
        : field.SequenceEqual("Max"u8) ? max
        : field.SequenceEqual("Cou"u8) ? sum
        : field.SequenceEqual("ZsAvg"u8) ? correctedAvg
        : field.SequenceEqual("ZsMin"u8) ? correctedMin
        : field.SequenceEqual("ZsMax"u8) ? correctedMax
        : default;
}
