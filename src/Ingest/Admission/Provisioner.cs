using System.Buffers;
using System.Text.Unicode;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>Finds devices by name and admits new ones by the provisioning rules.</summary>
internal sealed class Provisioner(DeviceRegistry registry, ProvisioningOptions options) : IDeviceResolver
{
    /// <summary>Names are looked up on the stack; no device, declared or provisioned, has a longer one.</summary>
    public const int LongestNameBytes = 512;

    public Device? Resolve(ReadOnlySpan<byte> utf8Name, out RejectReason refused)
    {
        Span<char> characters = stackalloc char[LongestNameBytes];
        if (utf8Name.Length > LongestNameBytes
            || Utf8.ToUtf16(utf8Name, characters, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            refused = RejectReason.DeviceNameInvalid;
            return null;
        }

        refused = RejectReason.None;
        var name = characters[..length];
        return registry.Devices.Find(name) ?? Admit(name, utf8Name.Length, out refused);
    }

    private Device? Admit(ReadOnlySpan<char> characters, int bytes, out RejectReason refused)
    {
        if (bytes > options.MaxDeviceNameBytes || !IsName(characters))
        {
            refused = RejectReason.DeviceNameInvalid;
            return null;
        }

        var name = characters.ToString();
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
    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (character is '/' or '+' or '#' || char.IsControl(character))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
