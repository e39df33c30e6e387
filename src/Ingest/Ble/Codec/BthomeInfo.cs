namespace Fengsui.Ingest.Ble.Codec;

/// <summary>The first byte of BTHome service data.</summary>
internal static class BthomeInfo
{
    /// <summary>The 16-bit UUID under which the service data is advertised.</summary>
    public const ushort ServiceUuid = 0xFCD2;

    private const byte Encrypted = 0x01, VersionMask = 0xE0, Version2 = 0x40;

    public static bool IsVersion2(byte info) => (info & VersionMask) == Version2;

    public static bool IsEncrypted(byte info) => (info & Encrypted) != 0;
}
