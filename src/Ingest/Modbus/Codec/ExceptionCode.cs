namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>Why a slave, or the gateway before it, could not do what was asked (MODBUS Application Protocol V1.1b3, section 7).</summary>
internal enum ExceptionCode : byte
{
    None = 0,
    IllegalFunction = 1,
    IllegalAddress = 2,
    IllegalValue = 3,
    DeviceFailure = 4,
    Acknowledge = 5,
    Busy = 6,
    MemoryParity = 8,
    GatewayPath = 10,
    GatewayTarget = 11,
}
