using System.Globalization;
using System.Text;
using Fengsui.Devices.History.InfluxDb.Lines;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(21.4, "21.4")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(-0.05, "-0.05")]
    [InlineData(100.01, "100.01")]
    [InlineData(99999999999.9999, "99999999999.9999")]
    [InlineData(0.00001, "1E-05")]
    [InlineData(1e300, "1E+300")]
    public void Numbers_have_the_digits_that_people_expect(double value, string text) => Assert.Equal(text, Write(value));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_number_reads_back_to_the_bit(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++)
        {
            var value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => Math.Round((random.NextDouble() - 0.5) * 1e6, random.Next(7)),
                2 => random.NextInt64(-1_000_000_000_000_000, 1_000_000_000_000_000) / 10_000.0,
                _ => Math.BitIncrement(Math.Round(random.NextDouble() * 1000, 2)),
            };
            if (double.IsFinite(value))
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(Write(value), CultureInfo.InvariantCulture)));
            }
        }
    }

    private static string Write(double value)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxBytes];
        return Encoding.ASCII.GetString(text[..DecimalText.Write(value, text)]);
    }
}
