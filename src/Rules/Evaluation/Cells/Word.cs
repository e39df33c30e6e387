namespace Fengsui.Rules.Evaluation.Cells;

/// <summary>How cells keep doubles and times in words of which zero must mean "nothing yet".</summary>
internal static class Word
{
    public static double Double(long word) => BitConverter.Int64BitsToDouble(word);

    public static long Of(double value) => BitConverter.DoubleToInt64Bits(value);

    /// <summary>A time, or a number of a bucket, as a word that is never zero; the order stays.</summary>
    public static long OfTime(long ms) => ms is < 0 or long.MaxValue ? ms : ms + 1;

    public static long Time(long word) => word is < 0 or long.MaxValue ? word : word - 1;

    /// <summary>Rounds down, also before 1970.</summary>
    public static long Bucket(long ms, long bucketMs) => ms >= 0 ? ms / bucketMs : ((ms + 1) / bucketMs) - 1;
}
