using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Rules.Tests.Zones;

public sealed class SiteFactsTests
{
    [Fact]
    public void What_is_said_without_end_is_bounded_and_what_is_over_goes_first()
    {
        var facts = new SiteFacts();
        for (var i = 0; i < 2_000; i++)
        {
            facts.Apply(new PermitGranted($"p{i}", [], [], i, i < 100 ? i + 1 : long.MaxValue), nowMs: i);
            facts.Apply(new Unlocked($"u{i}", "", $"person {i}", i), i);
            facts.Apply(new GoodsChanged($"g{i}", GoodsOperation.Set, $"{i:D4}", "3", 1, null), i);
        }

        Assert.Equal(PermitBook.MaxPermits, facts.Permits.All.Count());
        Assert.Null(facts.Permits.Find("p0"));
        Assert.NotNull(facts.Permits.Find("p100"));
        Assert.Null(facts.Permits.Find("p1999"));
        Assert.Equal(SiteFacts.MaxUnlocks, facts.Unlocks.Count);
        Assert.Equal(GoodsBook.MaxEntries, facts.Goods.Entries.Count);
        Assert.Equal(SiteFacts.MaxIds, facts.RecentIds.Count);
    }

    [Fact]
    public void Kept_facts_make_the_same_site()
    {
        var random = new Random(5);
        var facts = new SiteFacts();
        for (var i = 0; i < 500; i++)
        {
            facts.Apply(Next(random, i), i);
            if (i % 50 == 49)
            {
                facts = Same(facts, i);
            }
        }
    }

    [Fact]
    public void An_older_gas_test_does_not_replace_a_newer_one_and_a_repeat_does_not_count_twice()
    {
        var facts = new SiteFacts();
        Assert.True(double.IsPositiveInfinity(facts.GasTestAge(0)));
        Assert.True(facts.Apply(new GasTested("a", "li", 5_000, true, []), 5_000));
        Assert.False(facts.Apply(new GasTested("b", "li", 4_000, false, []), 6_000));
        Assert.Equal(2, facts.GasTestAge(7_000));
        Assert.True(facts.Apply(new GoodsChanged("c", GoodsOperation.Stored, "1203", "3", 10, null), 0));
        Assert.False(facts.Apply(new GoodsChanged("c", GoodsOperation.Stored, "1203", "3", 10, null), 0));
        Assert.Equal(10, facts.Goods.Quantity("1203"));
    }

    [Fact]
    public void A_class_counts_its_divisions_and_no_other_class()
    {
        Assert.True(GoodsBook.IsOfClass("5.1", "5"));
        Assert.True(GoodsBook.IsOfClass("5.1", "5.1"));
        Assert.False(GoodsBook.IsOfClass("5.1", "5.2"));
        Assert.False(GoodsBook.IsOfClass("5", "5.1"));
        Assert.False(GoodsBook.IsOfClass("", "5"));
    }

    private static SiteFact Next(Random random, int i) => random.Next(6) switch
    {
        0 => new PermitGranted($"p{random.Next(20)}", ["a"], ["li"], i, i + 30),
        1 => new PermitRevoked($"p{random.Next(20)}"),
        2 => new GasTested($"t{i}", "li", i, random.Next(2) == 0, []),
        3 => new Unlocked($"u{i}", "", $"person {random.Next(3)}", i),
        _ => new GoodsChanged($"g{random.Next(i + 1)}", (GoodsOperation)random.Next(1, 4), $"{random.Next(9):D4}", "3", random.Next(9), random.Next(3) == 0 ? 4 : null),
    };

    private static SiteFacts Same(SiteFacts facts, long now)
    {
        var again = SiteFacts.Restore(facts.Kept, facts.RecentIds);
        Assert.Equal(facts.Permits.All, again.Permits.All);
        Assert.Equal(facts.Goods.Entries, again.Goods.Entries);
        Assert.Equal(facts.Unlocks, again.Unlocks);
        Assert.Equal(facts.RecentIds, again.RecentIds);
        Assert.Equal(facts.GasTestAge(now), again.GasTestAge(now));
        Assert.Equal(facts.Permits.EndsIn(now), again.Permits.EndsIn(now));
        Assert.Equal(facts.UnlockPersons(now, 20), again.UnlockPersons(now, 20));
        return again;
    }
}
