using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Rules.Model;
using Xunit;
using Xunit.Abstractions;

namespace Fengsui.Devices.Tests.History;

public sealed class ColumnCodecTests(ITestOutputHelper output)
{
    private static readonly double[] Extremes =
    [
        0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7ff8_0000_dead_beef), BitConverter.Int64BitsToDouble(0x7ff0_0000_0000_0001),
        BitConverter.Int64BitsToDouble(-1), double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 2.2e-308,
        double.MaxValue, double.MinValue, long.MaxValue, long.MinValue, 1L << 50, (1L << 50) + 1, -(1L << 50), (1L << 53) + 1, 0.1 + 0.2, 21.37,
        1e-9, 1e-10, 123456789.123456789, new GeoPosition(312345678, 1214567890).Pack(), new GeoPosition(-1, -1).Pack(),
    ];

    private static readonly long[] IntegerExtremes =
        [0, 1, -1, long.MaxValue, long.MinValue, int.MaxValue, int.MinValue, 1L << 62, -(1L << 62), 1_763_769_600_000];

    [Fact]
    public void Any_integers_come_back_whatever_their_length_and_spread()
    {
        foreach (var seed in Seeds(400))
        {
            var random = new Random(seed);
            var values = Integers(random);
            foreach (var alternative in (ReadOnlySpan<IntegerColumnMode>)[IntegerColumnMode.Offset, IntegerColumnMode.DeltaOfDelta])
            {
                var sink = new ByteSink();
                IntegerColumn.Encode(values, alternative, sink);
                var source = new ByteSource(sink.Written);
                var back = new long[values.Length];
                IntegerColumn.Decode(ref source, back);
                Assert.Equal(values, back);
                Assert.Equal(0, source.Remaining);
            }
        }
    }

    [Fact]
    public void Any_doubles_come_back_bit_for_bit_and_never_longer_than_raw_plus_a_byte()
    {
        var codec = new ValueColumn();
        foreach (var seed in Seeds(600))
        {
            var values = Doubles(new Random(seed));
            var sink = new ByteSink();
            codec.Encode(values, sink);
            var back = new double[values.Length];
            codec.Decode(sink.Written, back);
            Assert.Equal(Bits(values), Bits(back));
            Assert.True(sink.Length <= 1 + (values.Length * sizeof(double)), $"seed {seed}: {sink.Length} bytes");
        }
    }

    [Fact]
    public void A_stray_sentinel_does_not_spoil_a_column_of_decimals()
    {
        var values = Enumerable.Range(0, 1000).Select(i => Math.Round(20 + Math.Sin(i), 2)).ToArray();
        values[17] = double.NaN;
        values[400] = 0.1 + 0.2;
        var sink = new ByteSink();
        new ValueColumn().Encode(values, sink);
        Assert.Equal((byte)ValueColumnMode.Decimal, sink.Written[0]);
        Assert.True(sink.Length < 1100, $"{sink.Length} bytes");
    }

    [Fact]
    public void Positions_take_far_less_than_raw()
    {
        var random = new Random(5);
        var (latitude, longitude) = (312345678, 1214567890);
        var values = Enumerable.Range(0, 1000)
            .Select(_ => new GeoPosition(latitude += random.Next(-200, 200), longitude += random.Next(-200, 200)).Pack())
            .ToArray();
        var sink = new ByteSink();
        new ValueColumn().Encode(values, sink);
        Assert.Equal((byte)ValueColumnMode.Halves, sink.Written[0]);
        Assert.True(sink.Length < 3000, $"{sink.Length} bytes");
    }

    [Fact]
    public void Damaged_columns_throw_InvalidData_and_nothing_else()
    {
        foreach (var seed in Seeds(300))
        {
            var random = new Random(seed);
            var values = Doubles(random);
            var sink = new ByteSink();
            var codec = new ValueColumn();
            codec.Encode(values, sink);
            var bytes = sink.Written.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var cut = bytes.AsSpan(0, random.Next(1, bytes.Length + 1)).ToArray();
            try
            {
                codec.Decode(cut, new double[values.Length]);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void A_chunk_gives_back_rows_and_qualities()
    {
        foreach (var seed in Seeds(100))
        {
            var random = new Random(seed);
            var rows = new RowColumns();
            rows.Start([.. Enumerable.Range(0, random.Next(1, 9)).Select(i => (ushort)(i * 9000))]);
            rows.Count = random.Next(1, RowColumns.MaxRows + 1);
            Fill(rows, random);
            var sink = new ByteSink();
            new ChunkEncoder().Encode(rows, sink);
            var reader = new ChunkReader();
            reader.Open(sink.Written.ToArray());
            var back = new RowColumns();
            back.Start(reader.Metrics.ToArray());
            back.Append(reader);
            AssertSame(rows, back);
        }
    }

    private static void Fill(RowColumns rows, Random random)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            rows.Times[row] = HistoryFixture.StartMs + (row * 100) + random.Next(3);
            rows.Lags[row] = random.Next(500);
            rows.Positions[row] = 1_000_000 + (row * 40_000L) + random.Next(1000);
            rows.Sources[row] = random.Next(2);
            for (var column = 0; column < rows.Metrics.Length; column++)
                rows.SetValue(column, row, random.Next(50) == 0 ? Extremes[random.Next(Extremes.Length)] : Math.Round(random.NextDouble() * 40, column % 4));
        }

        if (random.Next(2) == 0)
            return;
        rows.NeedQualities();
        for (var row = 0; row < rows.Count; row += random.Next(1, 50))
            rows.SetQuality(random.Next(rows.Metrics.Length), row, (Quality)random.Next(3));
    }

    private static void AssertSame(RowColumns rows, RowColumns back)
    {
        Assert.Equal(rows.Count, back.Count);
        Assert.Equal(rows.Metrics, back.Metrics);
        Assert.Equal(rows.Times[..rows.Count], back.Times[..rows.Count]);
        Assert.Equal(rows.Lags[..rows.Count], back.Lags[..rows.Count]);
        Assert.Equal(rows.Positions[..rows.Count], back.Positions[..rows.Count]);
        Assert.Equal(rows.Sources[..rows.Count], back.Sources[..rows.Count]);
        for (var column = 0; column < rows.Metrics.Length; column++)
        {
            Assert.Equal(Bits(rows.Values(column)), Bits(back.Values(column)));
            var expected = rows.HasQualities ? rows.Qualities(column).ToArray() : new Quality[rows.Count];
            var actual = back.HasQualities ? back.Qualities(column).ToArray() : new Quality[rows.Count];
            Assert.Equal(expected, actual);
        }
    }

    private IEnumerable<int> Seeds(int count)
    {
        var first = Environment.TickCount & 0xffffff;
        output.WriteLine($"seeds {first} to {first + count - 1}");
        return Enumerable.Range(first, count);
    }

    private static long[] Integers(Random random)
    {
        var kind = random.Next(6);
        var value = random.NextInt64();
        var step = random.NextInt64(-2000, 2000);
        return [.. Enumerable.Range(0, random.Next(1, 300)).Select(i => kind switch
        {
            0 => random.NextInt64(long.MinValue, long.MaxValue),
            1 => value += step,
            2 => value += step + random.Next(-3, 4),
            3 => IntegerExtremes[random.Next(IntegerExtremes.Length)],
            4 => random.Next(20) == 0 ? value += random.NextInt64(2_000) : value,
            _ => random.Next(40) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : 17,
        })];
    }

    private static double[] Doubles(Random random)
    {
        var kind = random.Next(7);
        var walk = 20.0;
        return [.. Enumerable.Range(0, random.Next(1, 500)).Select(i => kind switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            1 => Math.Round(walk += random.NextDouble() - 0.5, 2),
            2 => walk += random.NextDouble() - 0.5,
            3 => (float)(walk += random.NextDouble() - 0.5),
            4 => Extremes[random.Next(Extremes.Length)],
            5 => Math.Round(random.NextDouble() * 1e6, random.Next(10)),
            _ => random.Next(20) == 0 ? Extremes[random.Next(Extremes.Length)] : Math.Round(walk += random.NextDouble(), 1),
        })];
    }

    private static long[] Bits(ReadOnlySpan<double> values) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(values).ToArray();
}
