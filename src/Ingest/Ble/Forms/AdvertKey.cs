namespace Fengsui.Ingest.Ble.Forms;

/// <summary>What a member of a gateway's JSON means besides a value.</summary>
internal enum AdvertKey : byte
{
    None,
    Address,
    Gateway,
    Rssi,
    ServiceUuid,
    ServiceData,
    ManufacturerData,
    Payload,
    PacketId,
    Person,
    Uptime,
    HeardAt,
    SentAt,
    Timestamp,
    Sequence,
    Resent,
}
