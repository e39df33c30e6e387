using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Qualities as runs: length, quality. A column of good qualities only is empty.</summary>
internal static class QualityColumn
{
    public static void Encode(ReadOnlySpan<Quality> qualities, ByteSink sink)
    {
        if (!qualities.ContainsAnyExcept(Quality.Good))
            return;
        while (!qualities.IsEmpty)
        {
            var run = qualities.IndexOfAnyExcept(qualities[0]);
            run = run < 0 ? qualities.Length : run;
            sink.Varint((ulong)run);
            sink.Byte((byte)qualities[0]);
            qualities = qualities[run..];
        }
    }

    public static void Decode(ReadOnlySpan<byte> section, Span<Quality> qualities)
    {
        if (section.IsEmpty)
        {
            qualities.Clear();
            return;
        }

        var source = new ByteSource(section);
        while (!qualities.IsEmpty)
        {
            var run = source.Count(qualities.Length);
            var quality = source.Byte();
            if (run == 0 || quality > (byte)Quality.Bad)
                throw new InvalidDataException("a run of qualities is out of range");
            qualities[..run].Fill((Quality)quality);
            qualities = qualities[run..];
        }
    }
}
