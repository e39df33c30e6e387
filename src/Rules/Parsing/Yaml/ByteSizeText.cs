using System.Globalization;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Sizes as people write them: <c>512</c>, <c>64KiB</c>, <c>256MiB</c>, <c>10GB</c>. A space before the unit is allowed.</summary>
public static class ByteSizeText
{
    public const string Expected = "a size such as 64KiB, 256MiB or 10GB";

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("", 1), ("B", 1),
        ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var name = text.AsSpan(digits).TrimStart(' ');
        foreach (var (unit, size) in Units)
        {
            if (name.SequenceEqual(unit))
            {
                bytes = count <= long.MaxValue / size ? count * size : -1;
                return bytes >= 0;
            }
        }

        return false;
    }
}
