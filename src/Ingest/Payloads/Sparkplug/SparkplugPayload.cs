namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>A message's own fields, by the public schema's numbers; its metrics are read one by one with <see cref="Metrics"/>.</summary>
internal readonly ref struct SparkplugPayload
{
    private const int TimestampField = 1;
    private const int MetricsField = 2;
    private const int SequenceField = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private SparkplugPayload(ReadOnlySpan<byte> bytes, ulong? timestamp, byte sequence)
    {
        _bytes = bytes;
        Timestamp = timestamp;
        Sequence = sequence;
    }

    /// <summary>ms since 1970 UTC.</summary>
    public ulong? Timestamp { get; }

    /// <summary>0 to 255. One that is not there is 0, which encoders leave away.</summary>
    public byte Sequence { get; }

    public Enumerator Metrics => new(_bytes);

    /// <summary>False when the bytes are no message, or one of its metrics is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SparkplugPayload payload)
    {
        ulong? timestamp = null;
        ulong sequence = 0;
        var reader = new ProtoReader(bytes);
        var isWhole = true;
        while (isWhole && reader.TryField(out var number, out var wire))
        {
            switch (number, wire)
            {
                case (TimestampField, ProtoWire.Varint):
                    isWhole = reader.TryVarint(out var ms);
                    timestamp = ms;
                    break;
                case (SequenceField, ProtoWire.Varint):
                    isWhole = reader.TryVarint(out sequence);
                    break;
                case (MetricsField, ProtoWire.Bytes):
                    isWhole = reader.TryBytes(out var metric) && SparkplugMetric.TryRead(metric, out _);
                    break;
                default:
                    isWhole = reader.TrySkip(wire);
                    break;
            }
        }

        payload = new SparkplugPayload(bytes, timestamp, (byte)sequence);
        return isWhole && !reader.IsBroken && sequence <= byte.MaxValue;
    }

    /// <summary>Walks over the metrics of a message that is known to be whole.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> bytes)
    {
        private ProtoReader _reader = new(bytes);

        public bool TryNext(out SparkplugMetric metric)
        {
            metric = default;
            while (_reader.TryField(out var number, out var wire))
            {
                if (number == MetricsField && wire == ProtoWire.Bytes)
                {
                    return _reader.TryBytes(out var bytes) && SparkplugMetric.TryRead(bytes, out metric);
                }

                _reader.TrySkip(wire);
            }

            return false;
        }
    }
}
