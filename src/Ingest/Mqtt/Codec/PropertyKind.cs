namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>How the value of a property is encoded on the wire (MQTT 5.0, 1.5).</summary>
public enum PropertyKind : byte
{
    Unknown = 0,
    Byte,
    TwoByteInteger,
    FourByteInteger,
    VariableInteger,
    Text,
    Binary,
    TextPair,
}
