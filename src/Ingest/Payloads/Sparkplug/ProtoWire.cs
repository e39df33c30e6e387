namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>How a field of a Protocol Buffers message is written.</summary>
internal enum ProtoWire : byte
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
