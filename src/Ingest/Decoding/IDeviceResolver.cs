using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>From a device's name to the device, provisioned where that is allowed.</summary>
internal interface IDeviceResolver
{
    /// <summary>Null when the device is refused, and why. Allocates nothing for a device that is known.</summary>
    Device? Resolve(ReadOnlySpan<byte> utf8Name, out RejectReason refused);
}
