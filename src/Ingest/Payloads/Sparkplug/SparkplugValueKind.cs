namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>How a value came.</summary>
internal enum SparkplugValueKind : byte
{
    /// <summary>Not at all, or as something that no reading can hold: bytes, a data set, a template.</summary>
    None,

    /// <summary>As whole bits; the type says what they mean.</summary>
    Integer,
    Number,
    Boolean,
    Text,
}
