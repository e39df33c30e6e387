using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>What a line says that a device's name can be made of.</summary>
internal readonly ref struct LineSource(LineParts line) : INameSource
{
    private readonly LineParts _line = line;

    public int Write(in NamePart part, scoped Span<byte> target) =>
        LineText.Unescape(part.Variable == NameVariable.Tag ? _line.Tag(part.Text) : _line.Measurement, target);
}
