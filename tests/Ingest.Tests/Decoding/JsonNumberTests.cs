using System.Globalization;
using System.Text;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Tests.Decoding;

public sealed class JsonNumberTests
{
    [Fact]
    public void Random_decimals_have_the_same_bits_as_the_platforms_parser_gives()
    {
        var random = new Random(20260801);
        for (var i = 0; i < 300_000; i++)
        {
            var text = Decimal(random);
            Assert.True(TryCursor(text, out var value), text);
            AssertSameBits(double.Parse(text, CultureInfo.InvariantCulture), value, text);
            if (TryFast(text, out var fast))
            {
                AssertSameBits(value, fast, text);
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0.1")]
    [InlineData("23.45")]
    [InlineData("-273.15")]
    [InlineData("999999999999999")]
    [InlineData("0.00000000000001")]
    [InlineData("9.99999999999999")]
    [InlineData("-12345678.9012345")]
    public void Plain_decimals_of_up_to_15_digits_are_read_fast_and_exactly(string text)
    {
        Assert.True(TryFast(text, out var value));
        AssertSameBits(double.Parse(text, CultureInfo.InvariantCulture), value, text);
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("1E-3")]
    [InlineData("-1.5e+10")]
    [InlineData("0.000000000000001")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890.123456789")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("1e-99999")]
    public void Other_numbers_are_left_to_the_full_parser_which_reads_them_exactly(string text)
    {
        Assert.False(TryFast(text, out _));
        Assert.True(TryCursor(text, out var value));
        AssertSameBits(double.Parse(text, CultureInfo.InvariantCulture), value, text);
    }

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("1e99999999999999999999")]
    [InlineData("-Infinity")]
    [InlineData("Infinity")]
    [InlineData("NaN")]
    public void A_number_beyond_all_numbers_is_read_as_not_finite(string text)
    {
        Assert.True(TryCursor(text, out var value));
        Assert.False(double.IsFinite(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("١")]
    [InlineData("nan")]
    [InlineData("Inf")]
    [InlineData("-NaN")]
    public void What_is_no_number_of_JSON_is_not_read(string text)
    {
        Assert.False(TryCursor(text, out _));
        Assert.False(TryFast(text, out _));
    }

    [Fact]
    public void A_million_digits_are_one_number()
    {
        Assert.True(TryCursor("1" + new string('0', 1_000_000), out var value));
        Assert.Equal(double.PositiveInfinity, value);
        Assert.True(TryCursor("0." + new string('1', 1_000_000), out value));
        Assert.Equal(1.0 / 9, value, 15);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1700000000000", 1_700_000_000_000)]
    [InlineData("999999999999999999", 999_999_999_999_999_999)]
    public void Integers_of_up_to_18_digits_are_read(string text, long expected)
    {
        var at = 0;
        Assert.True(JsonNumber.TryReadInteger(Encoding.UTF8.GetBytes(text), ref at, out var value));
        Assert.Equal(expected, value);
        Assert.Equal(text.Length, at);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("1000000000000000000")]
    public void Other_integers_are_not(string text)
    {
        var at = 0;
        Assert.False(JsonNumber.TryReadInteger(Encoding.UTF8.GetBytes(text), ref at, out _));
        Assert.Equal(0, at);
    }

    [Fact]
    public void Eight_digits_at_once_are_the_same_as_one_after_the_other()
    {
        var random = new Random(5);
        for (var i = 0; i < 100_000; i++)
        {
            var text = random.Next(100_000_000).ToString("00000000", CultureInfo.InvariantCulture);
            Assert.True(EightDigits.TryRead(Encoding.ASCII.GetBytes(text), 0, out var value));
            Assert.Equal(text, value.ToString("00000000", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Eight_bytes_with_one_that_is_no_digit_are_not_read()
    {
        for (var at = 0; at < 8; at++)
        {
            for (var other = 0; other < 256; other++)
            {
                var text = "98765432"u8.ToArray();
                text[at] = (byte)other;
                Assert.Equal(other is >= '0' and <= '9', EightDigits.TryRead(text, 0, out _));
            }
        }

        Assert.False(EightDigits.TryRead("1234567"u8, 0, out _));
        Assert.False(EightDigits.TryRead("012345678"u8, 2, out _));
    }

    private static string Decimal(Random random)
    {
        var digits = random.Next(1, 22);
        var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
        text.Append(digits > 1 ? random.Next(1, 10) : random.Next(10));
        for (var i = 1; i < digits; i++)
        {
            text.Append(random.Next(10));
        }

        if (random.Next(4) > 0)
        {
            text.Append('.').Append(random.NextInt64(random.Next(1, 8) > 4 ? 1_000_000_000 : 100));
        }

        if (random.Next(6) == 0)
        {
            text.Append(random.Next(2) == 0 ? "e" : "E+").Append(random.Next(40));
        }

        return text.ToString();
    }

    private static bool TryFast(string text, out double value)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = 0;
        return JsonNumber.TryRead(bytes, ref at, out value) && at == bytes.Length;
    }

    private static bool TryCursor(string text, out double value)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(text));
        return cursor.TryNumber(out value) && cursor.AtEnd();
    }

    private static void AssertSameBits(double expected, double actual, string text) =>
        Assert.True(
            BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
            $"{text} read as {actual:R}, expected {expected:R}");
}
