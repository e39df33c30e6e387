using System.Runtime.InteropServices;

namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// A quantile of a window of readings, thinned to one in each <see cref="Parts"/>th of it, which are kept in order beside a ring over time. Exact while no two
/// readings share a part. Where they do, the one whose mixed time is least stays: a choice that depends neither on values, so that no quantile is
/// favoured, nor on the order in which they came, and that no periodic signal is in step with. The rank found then differs from the one asked for as
/// with a stratified sample of <see cref="Parts"/>: by a standard deviation of at most √(q(1−q)/240).
/// </summary>
internal sealed class QuantileCell(double quantile, long windowMs) : Cell
{
    /// <summary>Parts of a window, each of which keeps one reading.</summary>
    public const int Parts = 240;

    private const int Capacity = Parts + 1;
    private const int Header = 2;

    private readonly long _partMs = Math.Max(1, (windowMs + Parts - 1) / Parts);

    /// <summary>Time plus one of the newest reading fed; how many are kept; the ring of time plus one and value; the values in order.</summary>
    public override int Words => Header + (3 * Capacity);

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        Forget(memory, now.EventMs);
        memory[0] = Word.OfTime(now.EventMs);
        Keep(memory, arguments[0], now.EventMs);
    }

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (EventTime.Elapsed(now.EventMs, Word.Time(memory[0])) < windowMs)
        {
            Keep(memory, arguments[0], now.EventMs);
        }
    }

    /// <summary>Changes nothing: a tick looks ahead, and rows of the time before may follow.</summary>
    public override double Read(Span<long> memory, in Moment now)
    {
        if (memory[0] == 0)
        {
            return double.NaN;
        }

        if (!IsOneToForget(memory, now.EventMs))
        {
            return Ranked(Sorted(memory)[..(int)memory[1]]);
        }

        Span<double> left = stackalloc double[Capacity];
        var count = 0;
        for (var place = 0; place < Capacity; place++)
        {
            var entry = At(memory, place);
            if (entry[0] != 0 && !IsOut(entry, now.EventMs))
            {
                left[count++] = Word.Double(entry[1]);
            }
        }

        left[..count].Sort();
        return Ranked(left[..count]);
    }

    /// <summary>Mixes a time so that its order says nothing about when it is (the finalizer of SplitMix64).</summary>
    internal static ulong Mixed(long time)
    {
        var mixed = unchecked((ulong)time + 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The least reading that at least the share q of them does not exceed.</summary>
    private double Ranked(ReadOnlySpan<double> sorted)
    {
        // A share such as 0.07 of 100 is seven, whatever a product of doubles says.
        var rank = (int)Math.Ceiling((quantile * sorted.Length) - 1e-9);
        return sorted.IsEmpty ? double.NaN : sorted[Math.Clamp(rank, 1, sorted.Length) - 1];
    }

    private void Keep(Span<long> memory, double value, long ms)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        var number = Word.Bucket(ms, _partMs);
        var entry = At(memory, Place(number));
        if (entry[0] != 0)
        {
            var heldMs = Word.Time(entry[0]);
            var held = Word.Bucket(heldMs, _partMs);
            if (held > number || (held == number && Mixed(heldMs) <= Mixed(ms)))
            {
                return;
            }

            Remove(memory, entry);
        }

        (entry[0], entry[1]) = (Word.OfTime(ms), Word.Of(value));
        var sorted = Sorted(memory);
        var count = (int)memory[1]++;
        var rank = RankOf(sorted[..count], value);
        sorted[rank..count].CopyTo(sorted[(rank + 1)..]);
        sorted[rank] = value;
    }

    private void Forget(Span<long> memory, long nowMs)
    {
        if (memory[0] == 0)
        {
            return;
        }

        var (from, until) = Leaving(memory, nowMs);
        for (var number = from; number <= until; number++)
        {
            var entry = At(memory, Place(number));
            if (entry[0] != 0 && IsOut(entry, nowMs))
            {
                Remove(memory, entry);
            }
        }
    }

    private bool IsOneToForget(Span<long> memory, long nowMs)
    {
        var (from, until) = Leaving(memory, nowMs);
        for (var number = from; number <= until; number++)
        {
            var entry = At(memory, Place(number));
            if (entry[0] != 0 && IsOut(entry, nowMs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The parts of which a reading may leave between the newest one fed and now.</summary>
    private (long From, long Until) Leaving(ReadOnlySpan<long> memory, long nowMs)
    {
        var newestMs = Word.Time(memory[0]);
        return (Word.Bucket(newestMs - windowMs, _partMs), Word.Bucket(Math.Min(newestMs, nowMs - windowMs), _partMs));
    }

    private bool IsOut(ReadOnlySpan<long> entry, long nowMs) => EventTime.Elapsed(Word.Time(entry[0]), nowMs) >= windowMs;

    private static void Remove(Span<long> memory, Span<long> entry)
    {
        var sorted = Sorted(memory);
        var count = (int)memory[1]--;
        var rank = RankOf(sorted[..count], Word.Double(entry[1]));
        sorted[(rank + 1)..count].CopyTo(sorted[rank..]);
        entry.Clear();
    }

    /// <summary>Where the first value that is not less stands, or would.</summary>
    private static int RankOf(ReadOnlySpan<double> sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static Span<double> Sorted(Span<long> memory) => MemoryMarshal.Cast<long, double>(memory[(Header + (2 * Capacity))..]);

    private static Span<long> At(Span<long> memory, int place) => memory.Slice(Header + (2 * place), 2);

    private static int Place(long number) => (int)(((number % Capacity) + Capacity) % Capacity);
}
