using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>What the mark behind a value (<c>-Flag</c>) says of its quality.</summary>
internal static class DataMark
{
    /// <summary>
    /// N: measured and good. T: over the range, M: under maintenance, S: set by hand: a value to be doubted, and of T one that may be higher still, so rules
    /// must see it. F: stopped, D: faulty, C: calibrating, B: no connection to the instrument: no value of the air or water. Others are doubted.
    /// </summary>
    public static Quality Of(ReadOnlySpan<byte> mark) => mark switch
    {
        [] or [(byte)'N'] => Quality.Good,
        [(byte)'F' or (byte)'D' or (byte)'C' or (byte)'B'] => Quality.Bad,
        _ => Quality.Uncertain,
    };
}
