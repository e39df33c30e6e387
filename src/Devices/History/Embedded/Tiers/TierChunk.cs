using System.Runtime.InteropServices;
using Fengsui.Devices.History.Embedded.Columns;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Codec of one chunk of a tier; the layout is in <c>docs/history-format.md</c>.</summary>
internal sealed class TierChunk
{
    private readonly ValueColumn _values = new();
    private readonly ByteSink _sections = new();
    private readonly ByteSink _header = new();
    private readonly int[] _lengths = new int[TierColumns.IntegerCount + TierColumns.ValueCount];

    /// <summary>Appends the chunk to <paramref name="sink"/>; at least one bucket.</summary>
    public void Encode(TierColumns columns, ByteSink sink)
    {
        _sections.Clear();
        _header.Clear();
        _header.Varint((ulong)columns.Count);
        for (var i = 0; i < TierColumns.IntegerCount; i++)
        {
            var start = _sections.Length;
            IntegerColumn.Encode(columns.Integers(i), i == 0 ? IntegerColumnMode.DeltaOfDelta : IntegerColumnMode.Offset, _sections);
            _header.Varint((ulong)(_sections.Length - start));
        }

        for (var i = 0; i < TierColumns.ValueCount; i++)
        {
            var start = _sections.Length;
            if (i == 0 || !IsSame(columns.Values(i), columns.Values(0)))
                _values.Encode(columns.Values(i), _sections);
            _header.Varint((ulong)(_sections.Length - start));
        }

        sink.Bytes(_header.Written);
        sink.Bytes(_sections.Written);
    }

    /// <exception cref="InvalidDataException">The bytes, whose CRC is right, are not such a chunk.</exception>
    public void Decode(ReadOnlySpan<byte> chunk, TierColumns columns)
    {
        var source = new ByteSource(chunk);
        columns.Count = source.Count(RowColumns.MaxRows);
        for (var i = 0; i < _lengths.Length; i++)
            _lengths[i] = source.Count(chunk.Length);
        if (columns.Count == 0 || _lengths.Sum() != source.Remaining)
            throw new InvalidDataException("the sections do not fill the chunk");
        for (var i = 0; i < TierColumns.IntegerCount; i++)
        {
            var section = new ByteSource(source.Bytes(_lengths[i]));
            IntegerColumn.Decode(ref section, columns.Integers(i));
        }

        for (var i = 0; i < TierColumns.ValueCount; i++)
        {
            var section = source.Bytes(_lengths[TierColumns.IntegerCount + i]);
            if (section.IsEmpty && i > 0)
                columns.Values(0).CopyTo(columns.Values(i));
            else
                _values.Decode(section, columns.Values(i));
        }
    }

    private static bool IsSame(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        MemoryMarshal.Cast<double, long>(left).SequenceEqual(MemoryMarshal.Cast<double, long>(right));
}
