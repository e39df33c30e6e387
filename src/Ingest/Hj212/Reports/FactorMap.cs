using System.Text;

namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>Factor codes and the metrics that they become. Immutable.</summary>
/// <param name="factors">By code; codes are the same whatever their case.</param>
/// <param name="keepsOthers">A code without an entry becomes the metric of that name, in lower case; else it is left out.</param>
internal sealed class FactorMap(IReadOnlyDictionary<string, Factor> factors, bool keepsOthers)
{
    /// <summary>Codes have 6 characters, or 3 to 4 in the older edition.</summary>
    public const int MaxCodeBytes = 32;

    private readonly Dictionary<string, Factor> _factors = new(factors, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the name of the code's metric.</summary>
    /// <param name="name">At least <see cref="MaxCodeBytes"/> long, and as long as any metric of the map.</param>
    /// <param name="conversion">How its values are brought to the metric's unit.</param>
    /// <returns>Bytes written; 0 when the code is no code, or is left out.</returns>
    public int Find(ReadOnlySpan<byte> code, Span<byte> name, out (double Scale, double Offset) conversion)
    {
        conversion = (1, 0);
        Span<char> text = stackalloc char[MaxCodeBytes];
        if (code.Length is 0 or > MaxCodeBytes || Encoding.ASCII.GetChars(code, text) != code.Length)
        {
            return 0;
        }

        if (_factors.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..code.Length], out var factor))
        {
            conversion = (factor.Scale, factor.Offset);
            factor.Metric.CopyTo(name);
            return factor.Metric.Length;
        }

        return keepsOthers ? Lowered(code, name) : 0;
    }

    private static int Lowered(ReadOnlySpan<byte> code, Span<byte> name)
    {
        for (var i = 0; i < code.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)code[i]) && code[i] != (byte)'_')
            {
                return 0;
            }

            name[i] = code[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(code[i] | 0x20) : code[i];
        }

        return code.Length;
    }
}
