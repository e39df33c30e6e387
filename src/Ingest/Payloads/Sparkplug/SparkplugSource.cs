using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>What a device's name can be made of; a node's death speaks for its devices, which its topic does not name.</summary>
internal readonly ref struct SparkplugSource(SparkplugTopic address, ReadOnlySpan<byte> device) : INameSource
{
    private readonly SparkplugTopic _address = address;
    private readonly ReadOnlySpan<byte> _device = device;

    public int Write(in NamePart part, scoped Span<byte> target) =>
        part.Variable == NameVariable.Device ? NameTemplate.Copy(_device, target) : _address.Write(part, target);
}
