using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class UnknownTests
{
    [Theory]
    [InlineData("keep")]
    [InlineData("ignore")]
    [InlineData("alarm")]
    public void Never_resolves(string policy) => RuleScript.Check($"expr: co > 20\nunknown: {policy}", """
        0s co=21 -> firing general @0s
        1s co=bad
        2s co=nan
        9m co=bad
        10m co=20 -> resolved general
        """);

    [Theory]
    [InlineData("keep")]
    [InlineData("ignore")]
    public void Never_starts(string policy) => RuleScript.Check($"expr: co > 20\nunknown: {policy}", """
        0s co=bad
        1s co=nan
        2s co=21 -> firing general @2s
        """);

    [Fact]
    public void Alarms_when_the_rule_says_so() => RuleScript.Check("expr: co > 20\nunknown: alarm\nfor: 2s", """
        0s co=bad
        1s co=nan
        2s co=bad -> firing general @0s
        3s co=5 -> resolved general
        """);

    [Fact]
    public void Keep_is_a_gap_to_the_pending_clock() => RuleScript.Check("expr: co > 20\nfor: 4s\nmax_gap: 2s", """
        0s co=21
        1s co=bad
        2s co=21
        3s co=bad
        4s co=21 -> firing general @0s
        """);

    [Fact]
    public void Keep_does_not_count_as_held_over_a_long_stretch() => RuleScript.Check("expr: co > 20\nfor: 4s\nmax_gap: 2s", """
        0s co=21
        1s co=bad
        2s co=bad
        3s co=21
        5s co=21
        7s co=21 -> firing general @3s
        """);

    [Fact]
    public void Ignore_starts_the_pending_clock_anew() => RuleScript.Check("expr: co > 20\nfor: 4s\nunknown: ignore", """
        0s co=21
        1s co=bad
        2s co=21
        5s co=21
        6s co=21 -> firing general @2s
        """);

    [Fact]
    public void Follows_Kleene() => RuleScript.Check("expr: co > 20 or (lel > 10 and not o2 > 19)", """
        0s co=1
        1s lel=11
        2s co=21 -> firing general @2s
        3s co=1
        4s o2=20 -> resolved general
        5s o2=18 -> firing general @5s
        6s lel=bad
        7s o2=20 -> resolved general
        """);

    [Fact]
    public void A_division_by_zero_is_unknown() => RuleScript.Check("expr: co / flow > 2\nunknown: keep", """
        0s co=5 flow=0
        1s co=5 flow=2 -> firing general @1s
        2s co=5 flow=0
        3s co=5 flow=5 -> resolved general
        """);

    [Fact]
    public void An_infinite_reading_is_unknown() => RuleScript.Check("expr: co > 20", """
        0s co=Infinity
        1s co=21 -> firing general @1s
        2s co=-Infinity
        """);
}
