using System.Globalization;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Writes sizes so that <see cref="Rules.Parsing.Yaml.ByteSizeText"/> reads them back.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, int Shift)[] Units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];

    public static string Format(long bytes)
    {
        foreach (var (unit, shift) in Units)
        {
            if (bytes >= 1L << shift && bytes % (1L << shift) == 0)
            {
                return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }
}
