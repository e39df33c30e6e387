using Fengsui.Devices.Records;
using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Devices.Tests.Records;

public sealed class SiteRecordTests
{
    private static readonly SiteFact[] Facts =
    [
        new PermitGranted("p", ["hot work", "entry"], ["王力"], 5, 9),
        new PermitRevoked("p"),
        new GasTested("t", "王力", 7, true, [new("o2", 20.9), new("lel", 0)]),
        new Unlocked("u", "lock-1", "li", 8),
        new GoodsChanged("g", GoodsOperation.Removed, "1203", "3", 1.5, 100),
        new GoodsChanged("g", GoodsOperation.Set, "1203", "", 0, null),
        new AlertReset("r", "g/Hot", ""),
    ];

    [Fact]
    public void Every_fact_is_read_as_it_was_written()
    {
        foreach (var fact in Facts)
        {
            var bytes = new SiteRecord(77, "desk", "罐区 7", fact).Encode();
            var again = SiteRecord.Decode(bytes);
            Assert.Equal((77, "desk", "罐区 7"), (again.TimeMs, again.Author, again.Zone));
            Assert.Equal(fact.GetType(), again.Fact.GetType());
            Assert.Equal(bytes, again.Encode());
        }
    }

    [Fact]
    public void A_record_that_is_cut_short_or_says_nonsense_is_refused()
    {
        foreach (var bytes in Facts.Select(fact => new SiteRecord(77, "desk", "tank", fact).Encode()))
        {
            for (var length = 1; length < bytes.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() => SiteRecord.Decode(bytes.AsSpan(0, length)));
            }
        }

        var negative = new SiteRecord(1, "", "", new GoodsChanged("", GoodsOperation.Set, "1203", "", -1, null)).Encode();
        Assert.Throws<InvalidDataException>(() => SiteRecord.Decode(negative));
        Assert.Throws<InvalidDataException>(() => SiteRecord.Decode([(byte)BatchKind.Site, 9, .. new byte[40]]));
    }
}
