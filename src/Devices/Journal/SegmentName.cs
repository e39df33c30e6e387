using System.Globalization;

namespace Fengsui.Devices.Journal;

/// <summary>A segment's file name: its start position in 20 digits, so that names sort as positions do.</summary>
internal static class SegmentName
{
    private const string Suffix = ".seg";
    private const int Digits = 20;

    public static string Of(long startPosition) => startPosition.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    public static bool TryParse(string name, out long startPosition)
    {
        startPosition = 0;
        return name.Length == Digits + Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out startPosition);
    }
}
