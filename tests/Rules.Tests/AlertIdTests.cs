using Xunit;

namespace Fengsui.Rules.Tests;

public sealed class AlertIdTests
{
    /// <summary>Ids are in logs and in other people's systems: if this fails, the form was changed, which it must not be.</summary>
    [Fact]
    public void Never_changes() => Assert.Equal("ctjqn6k45nlv2t2fk5tx2grqyx", AlertId.Of("warehouse/TemperatureHigh", "dev-1", 1_700_000_000_000));

    [Fact]
    public void Differs_by_rule_subject_and_start()
    {
        string[] ids =
        [
            AlertId.Of("g/a", "d", 1), AlertId.Of("g/b", "d", 1), AlertId.Of("g/a", "e", 1), AlertId.Of("g/a", "d", 2),
            AlertId.Of("g/ad", "", 1), AlertId.Of("", "g/ad", 1), AlertId.Of("g/a", "设备", -1),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z2-7]{26}$", id));
    }

    [Fact]
    public void A_transition_adds_its_number() => Assert.Equal("abc-3", AlertId.OfTransition("abc", 3));
}
