using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Admission;

namespace Fengsui.Ingest.Tests.Decoding;

/// <summary>Known failures: thingsboard#6351, where a time in seconds is a day in January 1970.</summary>
public sealed class EventTimeTests
{
    private const long Now = IntakeFixture.Now;
    private const long Day = 86_400_000;

    private readonly IntakeFixture _intake = new();

    [Theory]
    [InlineData("1760000000123", 1_760_000_000_123, RowFlags.None)]
    [InlineData("1760000000123.9", 1_760_000_000_123, RowFlags.None)]
    [InlineData("1.760000000123e12", 1_760_000_000_123, RowFlags.None)]
    [InlineData("1760000000", 1_760_000_000_000, RowFlags.SecondsCorrected)]
    [InlineData("1760000000.123", 1_760_000_000_123, RowFlags.SecondsCorrected)]
    [InlineData("1759999999.9996", 1_760_000_000_000, RowFlags.SecondsCorrected)]
    [InlineData("1.76e9", 1_760_000_000_000, RowFlags.SecondsCorrected)]
    public void A_time_may_be_in_milliseconds_or_seconds(string ts, long expected, RowFlags flags)
    {
        // Twice: the second message meets the fast reader.
        for (var i = 0; i < 2; i++)
        {
            var row = Assert.Single(_intake.Decode($$$"""{"ts":{{{ts}}},"values":{"co":1}}""").Rows);
            Assert.Equal((expected, flags), (row.TimeMs, row.Flags));
        }
    }

    [Theory]
    [InlineData("""{"co":1,"ts":1760000000123}""")]
    [InlineData("""{"ts":1760000000123,"co":1}""")]
    [InlineData("""{"values":{"co":1},"ts":1760000000123}""")]
    [InlineData("""{"ts":5,"ts":1760000000123,"values":{"co":1}}""")]
    public void The_time_may_stand_anywhere_in_its_row(string json)
    {
        var row = Assert.Single(_intake.Decode(json).Rows);
        Assert.Equal(("d1: co=1", 1_760_000_000_123, RowFlags.None), (row.ToString(), row.TimeMs, row.Flags));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-1760000000000")]
    [InlineData("0.0001")]
    [InlineData("-0.5")]
    [InlineData("\"1760000000000\"")]
    [InlineData("\"2025-10-09T08:53:20Z\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("NaN")]
    [InlineData("{}")]
    [InlineData("[1760000000000]")]
    public void A_time_that_is_none_is_invalid_and_never_the_time_of_receipt(string ts) =>
        AssertRefused(ts, RejectReason.EventTimeInvalid);

    [Theory]
    [InlineData("1")]
    [InlineData("99999999")]
    [InlineData("100000000000")]
    public void A_device_whose_clock_starts_in_1970_is_too_old(string ts) => AssertRefused(ts, RejectReason.EventTimeTooOld);

    [Theory]
    [InlineData("1760000000000000")]
    [InlineData("1760000000000000000")]
    [InlineData("17600000000000000000000")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    [InlineData("99999999999")]
    public void Microseconds_and_nanoseconds_are_too_far_ahead(string ts) =>
        AssertRefused(ts, RejectReason.EventTimeTooFarAhead);

    [Theory]
    [InlineData(-30 * Day, RejectReason.None)]
    [InlineData(-30 * Day - 1, RejectReason.EventTimeTooOld)]
    [InlineData(Day, RejectReason.None)]
    [InlineData(Day + 1, RejectReason.EventTimeTooFarAhead)]
    public void The_bounds_are_exact(long offset, RejectReason reason)
    {
        var json = $$$"""{"ts":{{{Now + offset}}},"values":{"co":1}}""";
        for (var i = 0; i < 2; i++)
        {
            _intake.Rows("""{"co":0}""");
            var batch = _intake.Decode(json);
            if (reason == RejectReason.None)
            {
                Assert.Equal(Now + offset, Assert.Single(batch.Rows).TimeMs);
            }
            else
            {
                Assert.Empty(batch.Rows);
                Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
            }
        }
    }

    [Fact]
    public void Without_a_time_of_its_own_a_row_has_the_time_of_receipt()
    {
        for (var i = 0; i < 2; i++)
        {
            var row = Assert.Single(_intake.Decode("""{"co":1}""").Rows);
            Assert.Equal((Now, RowFlags.ServerTime), (row.TimeMs, row.Flags));
        }
    }

    [Fact]
    public void A_row_of_a_bad_time_is_left_out_and_its_neighbours_stay()
    {
        var batch = _intake.Decode("""[{"ts":5,"values":{"co":1}},{"ts":1760000000000,"values":{"co":2}},{"co":3}]""");
        Assert.Equal("d1: co=2; d1: co=3", string.Join("; ", batch.Rows));
        Assert.Equal(RejectReason.EventTimeTooOld, Assert.Single(batch.Letters).Reason);
        Assert.Equal(3, batch.Received);
    }

    [Fact]
    public void A_time_of_one_row_is_not_that_of_the_next()
    {
        var rows = _intake.Decode("""[{"ts":1759999999000,"values":{"co":1}},{"h2s":2}]""").Rows;
        Assert.Equal([1_759_999_999_000, Now], rows.Select(row => row.TimeMs));
    }

    private void AssertRefused(string ts, RejectReason reason)
    {
        _intake.Rows("""{"co":0}""");
        var batch = _intake.Decode($$$"""{"ts":{{{ts}}},"values":{"co":1}}""");
        Assert.Empty(batch.Rows);
        Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
    }
}
