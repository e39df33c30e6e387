using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class AgeTests
{
    [Fact]
    public void A_sampled_value_is_unknown_when_it_is_older_than_a_minute() => RuleScript.Check("expr: temperature > 30 and co > 20", """
        0s co=21
        1m temperature=31 -> firing general @1m
        1m1ms temperature=29 -> resolved general
        1m2ms temperature=31
        """);

    [Fact]
    public void Max_age_says_how_old_a_value_may_be() => RuleScript.Check("expr: temperature > 30 and co > 20\nmax_age: 5s", """
        0s co=21
        5s1ms temperature=31
        6s co=21 -> firing general @6s
        """);

    [Fact]
    public void A_lock_stays_as_it_was_reported_last() => RuleScript.Check("expr: temperature > 30 and lock == true", """
        0s lock=1
        10h temperature=31 -> firing general @10h
        """);

    [Fact]
    public void A_value_that_got_old_does_not_resolve() => RuleScript.Check("expr: temperature > 30 and co > 20", """
        0s co=21 temperature=31 -> firing general @0s
        2m temperature=31
        3m co=5 -> resolved general
        """);
}
