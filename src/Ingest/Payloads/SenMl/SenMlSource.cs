using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>What a device's name can be made of: the base name without the separator at its end.</summary>
internal readonly ref struct SenMlSource(ReadOnlySpan<byte> baseName) : INameSource
{
    private readonly ReadOnlySpan<byte> _base = baseName.TrimEnd("/:.-_"u8);

    public int Write(in NamePart part, scoped Span<byte> target) => NameTemplate.Copy(_base, target);
}
