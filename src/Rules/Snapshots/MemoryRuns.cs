using System.Buffers.Binary;

namespace Fengsui.Rules.Snapshots;

/// <summary>
/// Words of a cell's memory, most of which are zero: runs of u16 zeros to skip, u16 words that follow, those words; until
/// all are told.
/// </summary>
internal static class MemoryRuns
{
    private const int RunHeaderBytes = 4;

    public static int SizeBytes(ReadOnlySpan<long> words)
    {
        var size = 0;
        while (TryTake(ref words, out _, out var run))
        {
            size += RunHeaderBytes + (run.Length * sizeof(long));
        }

        return size;
    }

    public static void Write(ReadOnlySpan<long> words, ref Span<byte> output)
    {
        while (TryTake(ref words, out var zeros, out var run))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(output, (ushort)zeros);
            BinaryPrimitives.WriteUInt16LittleEndian(output[2..], (ushort)run.Length);
            output = output[RunHeaderBytes..];
            foreach (var word in run)
            {
                BinaryPrimitives.WriteInt64LittleEndian(output, word);
                output = output[sizeof(long)..];
            }
        }
    }

    /// <exception cref="InvalidDataException">A run leaves the memory.</exception>
    public static void Read(ReadOnlySpan<byte> input, Span<long> words)
    {
        while (!input.IsEmpty)
        {
            int zeros = BinaryPrimitives.ReadUInt16LittleEndian(Cut(input, RunHeaderBytes));
            int count = BinaryPrimitives.ReadUInt16LittleEndian(input[2..]);
            input = input[RunHeaderBytes..];
            if (zeros + count > words.Length)
            {
                throw new InvalidDataException("a function's memory is longer than the function's");
            }

            words = words[zeros..];
            for (var i = 0; i < count; i++)
            {
                words[i] = BinaryPrimitives.ReadInt64LittleEndian(Cut(input, sizeof(long)));
                input = input[sizeof(long)..];
            }

            words = words[count..];
        }
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> input, int count) =>
        input.Length >= count ? input[..count] : throw new InvalidDataException("a function's memory is cut short");

    /// <summary>Takes zeros, then words up to the next zero, off the front. False when only zeros are left.</summary>
    private static bool TryTake(ref ReadOnlySpan<long> words, out int zeros, out ReadOnlySpan<long> run)
    {
        run = default;
        zeros = words.IndexOfAnyExcept(0L);
        if (zeros < 0)
        {
            return false;
        }

        zeros = Math.Min(zeros, ushort.MaxValue);
        words = words[zeros..];
        var length = words.IndexOf(0L);
        run = words[..Math.Min(length < 0 ? words.Length : length, ushort.MaxValue)];
        words = words[run.Length..];
        return true;
    }
}
