using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>From a device's name to the device, provisioned where that is allowed.</summary>
internal interface IDeviceResolver
{
    /// <summary>Null when the device is refused, and why.</summary>
    Device? Resolve(string name, out RejectReason refused);
}
