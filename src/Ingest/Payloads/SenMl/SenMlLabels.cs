namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>The labels of RFC 8428 by their names in JSON.</summary>
internal static class SenMlLabels
{
    public static SenMlLabel Of(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            return name[0] switch
            {
                (byte)'n' => SenMlLabel.Name,
                (byte)'u' => SenMlLabel.Unit,
                (byte)'v' => SenMlLabel.Value,
                (byte)'s' => SenMlLabel.Sum,
                (byte)'t' => SenMlLabel.Time,
                (byte)'_' => SenMlLabel.Mandatory,
                _ => SenMlLabel.Other,
            };
        }

        return name.SequenceEqual("bn"u8) ? SenMlLabel.BaseName
            : name.SequenceEqual("bt"u8) ? SenMlLabel.BaseTime
            : name.SequenceEqual("bu"u8) ? SenMlLabel.BaseUnit
            : name.SequenceEqual("bv"u8) ? SenMlLabel.BaseValue
            : name.SequenceEqual("bs"u8) ? SenMlLabel.BaseSum
            : name.SequenceEqual("bver"u8) ? SenMlLabel.Version
            : name.SequenceEqual("vs"u8) ? SenMlLabel.Text
            : name.SequenceEqual("vb"u8) ? SenMlLabel.Boolean
            : name.SequenceEqual("vd"u8) ? SenMlLabel.Data
            : name.SequenceEqual("ut"u8) ? SenMlLabel.UpdateTime
            : name.EndsWith("_"u8) ? SenMlLabel.Mandatory
            : SenMlLabel.Other;
    }

    /// <summary>In CBOR a label of the table is its number.</summary>
    public static SenMlLabel Of(long number) =>
        number is >= (long)SenMlLabel.BaseSum and <= (long)SenMlLabel.Data ? (SenMlLabel)number : SenMlLabel.Other;
}
