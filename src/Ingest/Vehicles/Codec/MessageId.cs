namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>The messages of JT/T 808 that are understood here.</summary>
internal static class MessageId
{
    public const ushort TerminalReply = 0x0001;
    public const ushort Heartbeat = 0x0002;
    public const ushort Logout = 0x0003;
    public const ushort Registration = 0x0100;
    public const ushort Authentication = 0x0102;
    public const ushort Position = 0x0200;
    public const ushort PositionBatch = 0x0704;

    public const ushort PlatformReply = 0x8001;
    public const ushort PartsRequest = 0x8003;
    public const ushort RegistrationReply = 0x8100;
}
