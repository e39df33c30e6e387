namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>Major types of CBOR (RFC 8949, 3.1).</summary>
internal enum CborKind : byte
{
    Unsigned = 0,
    Negative = 1,
    Bytes = 2,
    Text = 3,
    Array = 4,
    Map = 5,
    Tag = 6,
    Simple = 7,

    /// <summary>Past the last byte.</summary>
    None = 8,
}
