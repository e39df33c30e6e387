using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>One metric of a message, by the field numbers of the public schema (<c>org.eclipse.tahu.protobuf</c>, message Metric).</summary>
internal ref struct SparkplugMetric
{
    private const int NameField = 1;
    private const int AliasField = 2;
    private const int TimestampField = 3;
    private const int TypeField = 4;
    private const int IsNullField = 7;
    private const int PropertiesField = 9;
    private const int IntField = 10;
    private const int LongField = 11;
    private const int FloatField = 12;
    private const int DoubleField = 13;
    private const int BooleanField = 14;
    private const int StringField = 15;

    /// <summary>Empty where an alias stands for it.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ulong? Alias { get; private set; }

    /// <summary>ms since 1970 UTC.</summary>
    public ulong? Timestamp { get; private set; }

    public SparkplugType Type { get; private set; }

    public bool IsNull { get; private set; }

    /// <summary>What the property <c>Quality</c> says.</summary>
    public Quality Quality { get; private set; }

    /// <summary>Of the value.</summary>
    public SparkplugValue Value { get; private set; }

    /// <summary>Of a value that is text.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>False when the bytes are no metric.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SparkplugMetric metric)
    {
        var read = default(SparkplugMetric);
        var reader = new ProtoReader(bytes);
        var isWhole = true;
        while (isWhole && reader.TryField(out var number, out var wire))
        {
            isWhole = read.TryField(ref reader, number, wire);
        }

        metric = read;
        return isWhole && !reader.IsBroken;
    }

    private bool TryField(scoped ref ProtoReader reader, int number, ProtoWire wire) => wire switch
    {
        ProtoWire.Varint => TryVarint(ref reader, number),
        ProtoWire.Bytes => TryBytes(ref reader, number),
        ProtoWire.Fixed32 when number == FloatField => TryFloat(ref reader),
        ProtoWire.Fixed64 when number == DoubleField => TryDouble(ref reader),
        _ => reader.TrySkip(wire),
    };

    private bool TryVarint(scoped ref ProtoReader reader, int number)
    {
        if (!reader.TryVarint(out var value))
        {
            return false;
        }

        switch (number)
        {
            case AliasField:
                Alias = value;
                break;
            case TimestampField:
                Timestamp = value;
                break;
            case TypeField:
                Type = value <= byte.MaxValue ? (SparkplugType)value : SparkplugType.Unknown;
                break;
            case IsNullField:
                IsNull = value != 0;
                break;
            case IntField or LongField or BooleanField:
                Value = new SparkplugValue(number == BooleanField ? SparkplugValueKind.Boolean : SparkplugValueKind.Integer, value, 0);
                break;
            default:
                break;
        }

        return true;
    }

    private bool TryBytes(scoped ref ProtoReader reader, int number)
    {
        if (!reader.TryBytes(out var value))
        {
            return false;
        }

        switch (number)
        {
            case NameField:
                Name = value;
                return true;
            case StringField:
                Text = value;
                Value = new SparkplugValue(SparkplugValueKind.Text, 0, 0);
                return true;
            case PropertiesField:
                var isRead = SparkplugQuality.TryRead(value, out var quality);
                Quality = quality;
                return isRead;
            default:
                return true;
        }
    }

    private bool TryFloat(scoped ref ProtoReader reader)
    {
        var isRead = reader.TryFixed32(out var bits);
        Value = new SparkplugValue(SparkplugValueKind.Number, 0, BitConverter.UInt32BitsToSingle(bits));
        return isRead;
    }

    private bool TryDouble(scoped ref ProtoReader reader)
    {
        var isRead = reader.TryFixed64(out var bits);
        Value = new SparkplugValue(SparkplugValueKind.Number, 0, BitConverter.UInt64BitsToDouble(bits));
        return isRead;
    }
}
