namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>How a message's sequence number follows on the last one.</summary>
internal enum SparkplugOrder : byte
{
    Next,

    /// <summary>Delivered twice.</summary>
    Repeat,

    /// <summary>Something between was lost.</summary>
    Gap,
}
