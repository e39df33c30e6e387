namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>What exception codes mean to us.</summary>
internal static class ExceptionCodeNames
{
    /// <summary>Asked again a little later, it may answer.</summary>
    public static bool IsBusy(this ExceptionCode code) => code is ExceptionCode.Acknowledge or ExceptionCode.Busy;

    /// <summary>The gateway answers in the place of a slave that it cannot reach.</summary>
    public static bool IsUnreachable(this ExceptionCode code) => code is ExceptionCode.GatewayPath or ExceptionCode.GatewayTarget;

    /// <summary>A part of what was asked for does not exist; another part may.</summary>
    public static bool IsOfTheRange(this ExceptionCode code) => code is ExceptionCode.IllegalAddress or ExceptionCode.IllegalValue;

    public static string Name(this ExceptionCode code) => code switch
    {
        ExceptionCode.IllegalFunction => "illegal function",
        ExceptionCode.IllegalAddress => "illegal data address",
        ExceptionCode.IllegalValue => "illegal data value",
        ExceptionCode.DeviceFailure => "device failure",
        ExceptionCode.Acknowledge => "acknowledged, not done yet",
        ExceptionCode.Busy => "device busy",
        ExceptionCode.MemoryParity => "memory parity error",
        ExceptionCode.GatewayPath => "gateway path unavailable",
        ExceptionCode.GatewayTarget => "gateway target does not respond",
        _ => "unknown exception",
    };
}
