namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>The protocol level byte of CONNECT. <see cref="Unknown"/> stands for "no CONNECT seen yet".</summary>
public enum MqttVersion : byte
{
    Unknown = 0,
    V311 = 4,
    V5 = 5,
}
