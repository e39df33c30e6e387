using System.Runtime.CompilerServices;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Integers that stay the same for a while: what rows of one message have in common (their position in the journal, when they were
/// received), states, set points. Differences of such steps would make each block as wide as its one jump.
/// </summary>
internal static class RunColumn
{
    /// <summary>With fewer rows a run nothing is gained, and nothing is tried.</summary>
    public const int LeastRowsPerRun = 8;

    /// <summary>Writes the column that begins at <paramref name="start"/> as runs instead, if that is shorter.</summary>
    [SkipLocalsInit]
    public static void Shorten(ReadOnlySpan<long> values, int start, ByteSink sink)
    {
        Span<long> heads = stackalloc long[RowColumns.MaxRows / LeastRowsPerRun];
        Span<long> lengths = stackalloc long[RowColumns.MaxRows / LeastRowsPerRun];
        if (Split(values, heads, lengths) is not (> 1 and var runs))
            return;
        var plain = sink.Length;
        sink.Byte((byte)IntegerColumnMode.Runs);
        sink.Varint((ulong)runs);
        IntegerColumn.EncodePlain(heads[..runs], IntegerColumnMode.DeltaOfDelta, sink);
        IntegerColumn.EncodePlain(lengths[..runs], IntegerColumnMode.Offset, sink);
        sink.KeepShorter(start, plain);
    }

    /// <summary>Fills <paramref name="values"/> from what follows the mode.</summary>
    public static void Decode(ref ByteSource source, Span<long> values)
    {
        var runs = source.Count(values.Length);
        if (runs == 0)
            throw new InvalidDataException("a column of runs has none");
        Span<long> heads = stackalloc long[runs];
        Span<long> lengths = stackalloc long[runs];
        IntegerColumn.DecodePlain((IntegerColumnMode)source.Byte(), ref source, heads);
        IntegerColumn.DecodePlain((IntegerColumnMode)source.Byte(), ref source, lengths);
        var rest = values;
        for (var run = 0; run < runs; run++)
        {
            if (lengths[run] <= 0 || lengths[run] > rest.Length)
                throw new InvalidDataException("a run of integers is out of range");
            rest[..(int)lengths[run]].Fill(heads[run]);
            rest = rest[(int)lengths[run]..];
        }

        if (!rest.IsEmpty)
            throw new InvalidDataException("the runs do not fill the column");
    }

    /// <summary>The number of runs; 0 when they are too many.</summary>
    private static int Split(ReadOnlySpan<long> values, Span<long> heads, Span<long> lengths)
    {
        var most = values.Length / LeastRowsPerRun;
        for (var runs = 0; runs < most; runs++)
        {
            var end = values.IndexOfAnyExcept(values[0]);
            heads[runs] = values[0];
            lengths[runs] = end < 0 ? values.Length : end;
            if (end < 0)
                return runs + 1;
            values = values[end..];
        }

        return 0;
    }
}
