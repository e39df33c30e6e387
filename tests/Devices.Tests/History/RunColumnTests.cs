using Fengsui.Devices.History.Embedded.Columns;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Devices.Tests.History;

public sealed class RunColumnTests
{
    private static readonly long[] Extremes = [0, 1, -1, long.MaxValue, long.MinValue, HistoryFixture.StartMs];

    /// <summary>The seed of a case that fails is in the message.</summary>
    [Fact]
    public void Steps_come_back_and_never_take_more_than_without_runs() =>
        ForAllSeeds(300, random =>
        {
            var values = Steps(random);
            var (sink, plain) = (new ByteSink(), new ByteSink());
            foreach (var alternative in (ReadOnlySpan<IntegerColumnMode>)[IntegerColumnMode.Offset, IntegerColumnMode.DeltaOfDelta])
            {
                sink.Clear();
                plain.Clear();
                IntegerColumn.Encode(values, alternative, sink);
                IntegerColumn.EncodePlain(values, alternative, plain);
                Assert.True(sink.Length <= plain.Length);
                var back = new long[values.Length];
                var source = new ByteSource(sink.Written);
                IntegerColumn.Decode(ref source, back);
                Assert.Equal(values, back);
                Assert.Equal(0, source.Remaining);
            }
        });

    [Fact]
    public void Lags_come_back_whether_rows_came_alone_or_together() =>
        ForAllSeeds(300, random =>
        {
            var (times, lags) = Messages(random);
            var (section, timeSection) = (new ByteSink(), new ByteSink());
            IntegerColumn.Encode(times, IntegerColumnMode.DeltaOfDelta, timeSection);
            new LagColumn().Encode(times, lags, section);
            var back = new long[lags.Length];
            new LagColumn().Decode(section.Written, timeSection.Written, back);
            Assert.Equal(lags, back);
        });

    [Fact]
    public void Damage_is_InvalidData_and_nothing_else() =>
        ForAllSeeds(600, random =>
        {
            var (times, lags) = Messages(random);
            var (section, timeSection) = (new ByteSink(), new ByteSink());
            IntegerColumn.Encode(times, IntegerColumnMode.DeltaOfDelta, timeSection);
            new LagColumn().Encode(times, lags, section);
            var bytes = Damaged(section.Written, random);
            var moved = random.Next(2) == 0 ? Damaged(timeSection.Written, random) : timeSection.Written.ToArray();
            try
            {
                new LagColumn().Decode(bytes, moved, new long[lags.Length]);
            }
            catch (InvalidDataException)
            {
            }
        });

    [Fact]
    public void Rows_of_one_message_cost_next_to_nothing_to_place()
    {
        var rows = new RowColumns();
        rows.Start([1]);
        rows.Count = 3_600;
        for (var row = 0; row < rows.Count; row++)
        {
            var message = row / 36;
            rows.Times[row] = HistoryFixture.StartMs + (row * 1_000L / 360);
            rows.Lags[row] = HistoryFixture.StartMs + (message * 100) + 107 + (message * 7 % 20) - rows.Times[row];
            rows.Positions[row] = 5_000 + (message * 2_311L) + (message * 31 % 100);
        }

        var sink = new ByteSink();
        new ChunkEncoder().Encode(rows, sink);
        var reader = new ChunkReader();
        reader.Open(sink.Written.ToArray());
        var shared = reader.SharedBytes;
        Assert.True(shared.Lags + shared.Positions < rows.Count / 8, $"{shared}");
        var (lags, positions) = (new long[rows.Count], new long[rows.Count]);
        reader.ReadLags(lags);
        reader.ReadPositions(positions);
        Assert.Equal(rows.Lags[..rows.Count], lags);
        Assert.Equal(rows.Positions[..rows.Count], positions);
    }

    [Fact]
    public void Runs_within_runs_are_refused()
    {
        byte[] nested = [(byte)IntegerColumnMode.Runs, 2, (byte)IntegerColumnMode.Runs, 1, 0, 2, 0, 2, 0, 2];
        Assert.Throws<InvalidDataException>(() => Decode(nested, 4));
        byte[] tooShort = [(byte)IntegerColumnMode.Runs, 1, (byte)IntegerColumnMode.Constant, 14, (byte)IntegerColumnMode.Constant, 6];
        Assert.Throws<InvalidDataException>(() => Decode(tooShort, 4));
        Assert.Equal([7, 7, 7], Decode(tooShort, 3));
        byte[] none = [(byte)IntegerColumnMode.Runs, 0];
        Assert.Throws<InvalidDataException>(() => Decode(none, 1));

        static long[] Decode(byte[] column, int rows)
        {
            var source = new ByteSource(column);
            var values = new long[rows];
            IntegerColumn.Decode(ref source, values);
            return values;
        }
    }

    private static void ForAllSeeds(int cases, Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static long[] Steps(Random random)
    {
        var values = new long[random.Next(1, RowColumns.MaxRows + 1)];
        var (most, value) = (random.Next(1, 200), random.NextInt64());
        for (var row = 0; row < values.Length;)
        {
            var end = Math.Min(values.Length, row + random.Next(1, most + 1));
            value = random.Next(10) == 0 ? Extremes[random.Next(Extremes.Length)] : value + random.Next(-5_000, 5_000);
            values.AsSpan(row..end).Fill(value);
            row = end;
        }

        return values;
    }

    /// <summary>Event times, and how long after each its message was received.</summary>
    private static (long[] Times, long[] Lags) Messages(Random random)
    {
        var received = Steps(random);
        var times = new long[received.Length];
        var time = HistoryFixture.StartMs;
        for (var row = 0; row < times.Length; row++)
            times[row] = random.Next(500) == 0 ? Extremes[random.Next(Extremes.Length)] : time += random.Next(2, 4);
        return (times, [.. received.Zip(times, (receive, at) => receive - at)]);
    }

    private static byte[] Damaged(ReadOnlySpan<byte> written, Random random)
    {
        var bytes = written.ToArray();
        for (var flips = random.Next(1, 4); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes[..random.Next(bytes.Length + 1)];
    }
}
