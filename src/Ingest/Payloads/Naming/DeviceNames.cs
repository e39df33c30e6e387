using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>How a form of payload names the device of a row: the first template that the message can fill.</summary>
internal sealed class DeviceNames(IReadOnlyList<NameTemplate> templates)
{
    private readonly NameTemplate[] _templates = [.. templates];

    public bool Uses(NameVariable variable) => Array.Exists(_templates, template => template.Uses(variable));

    /// <summary>Null when there is no device for the row, and why.</summary>
    public Device? Resolve<T>(ReadOnlySpan<byte> topic, scoped ref T source, IDeviceResolver devices, out RejectReason refused)
        where T : struct, INameSource, allows ref struct
    {
        Span<byte> name = stackalloc byte[NameTemplate.MaxBytes];
        foreach (var template in _templates)
        {
            if (template.TryWrite(topic, ref source, name, out var length))
            {
                return devices.Resolve(name[..length], out refused);
            }
        }

        refused = RejectReason.NotMapped;
        return null;
    }
}
