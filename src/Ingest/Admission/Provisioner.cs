using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>Finds devices by name and admits new ones by the provisioning rules.</summary>
internal sealed class Provisioner(DeviceRegistry registry, ProvisioningOptions options) : IDeviceResolver
{
    public Device? Resolve(string name, out RejectReason refused)
    {
        refused = RejectReason.None;
        return registry.Devices.Find(name) ?? Admit(name, out refused);
    }

    private Device? Admit(string name, out RejectReason refused)
    {
        if (!IsName(name))
        {
            refused = RejectReason.DeviceNameInvalid;
            return null;
        }

        var rule = options.Rules.FirstOrDefault(rule => rule.Matches(name));
        if (rule is not { Allow: true })
        {
            refused = RejectReason.DeviceNotAllowed;
            return null;
        }

        var device = registry.Provision(name, rule.Facts);
        refused = device is null ? RejectReason.TooManyDevices : RejectReason.None;
        return device;
    }

    /// <summary>A name becomes a level of an alert topic, so it must not hold what MQTT gives a meaning to.</summary>
    private bool IsName(string name) =>
        name.Length > 0
        && Encoding.UTF8.GetByteCount(name) <= options.MaxDeviceNameBytes
        && name.AsSpan().IndexOfAny("/+#") < 0
        && !name.Any(char.IsControl);
}
