namespace Fengsui.Ingest.Ble.Codec;

/// <summary>How the value of a BTHome object is written. Numbers are little-endian.</summary>
internal enum ValueForm : byte
{
    Unsigned,
    Signed,

    /// <summary>0 or 1; nothing else means anything.</summary>
    Binary,

    /// <summary>UTF-8 behind a length byte.</summary>
    Text,

    /// <summary>Bytes behind a length byte, of a meaning that only the vendor knows.</summary>
    Raw,

    /// <summary>The number of the packet, to tell its repeats.</summary>
    PacketId,

    /// <summary>Known, and no reading.</summary>
    Skipped,
}
