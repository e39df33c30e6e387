namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Walks a property section that a decoder has accepted. Numbers are in <see cref="Number"/>; texts and binaries in <see cref="Value"/>; a user property's name is <see cref="Name"/>.</summary>
public ref struct PropertyReader(ReadOnlySpan<byte> section)
{
    private BodyReader _reader = new(section);
    private readonly int _length = section.Length;

    public PropertyId Id { get; private set; }

    public uint Number { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Offset in the section where the current property (its identifier) begins.</summary>
    public int Start { get; private set; }

    /// <summary>Offset in the section just after the current property.</summary>
    public readonly int End => _length - _reader.Remaining;

    public bool MoveNext()
    {
        if (_reader.Remaining == 0) return false;
        Start = End;
        Id = (PropertyId)_reader.ReadVariableInteger();
        Number = 0;
        Name = default;
        Value = default;
        switch (PropertyRules.KindOf((uint)Id))
        {
            case PropertyKind.Byte: Number = _reader.ReadByte(); break;
            case PropertyKind.TwoByteInteger: Number = _reader.ReadUInt16(); break;
            case PropertyKind.FourByteInteger: Number = _reader.ReadUInt32(); break;
            case PropertyKind.VariableInteger: Number = (uint)_reader.ReadVariableInteger(); break;
            case PropertyKind.TextPair:
                Name = _reader.ReadBinary();
                Value = _reader.ReadBinary();
                break;
            default: Value = _reader.ReadBinary(); break;
        }
        return !_reader.Failed;
    }
}
