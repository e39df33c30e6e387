namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>When retained messages are sent on SUBSCRIBE (3.8.3.1).</summary>
public enum RetainHandling : byte
{
    Send = 0,
    SendIfNew = 1,
    DoNotSend = 2,
}
