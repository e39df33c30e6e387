namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>What a reader found. <see cref="NeedMore"/> consumes nothing.</summary>
public enum ReadStatus : byte
{
    NeedMore = 0,
    Complete = 1,
    Malformed = 2,
}
