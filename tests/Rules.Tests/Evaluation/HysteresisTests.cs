using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class HysteresisTests
{
    [Fact]
    public void Leaves_only_when_clear_is_true() => RuleScript.Check("expr: temperature > 30\nclear: temperature < 28", """
        0s temperature=31 -> firing general @0s
        1s temperature=29
        2s temperature=28
        3s temperature=31
        4s temperature=27.9 -> resolved general
        5s temperature=29
        """);

    [Fact]
    public void Does_not_leave_while_expr_is_still_true() => RuleScript.Check("expr: temperature > 30\nclear: temperature < 40", """
        0s temperature=31 -> firing general @0s
        1s temperature=32
        2s temperature=30 -> resolved general
        """);

    [Fact]
    public void Latches_for_ever_when_clear_is_false() => RuleScript.Check("expr: co > 20\nclear: 'false'", """
        0s co=21 -> firing general @0s
        1s co=0
        2s co=0
        """);

    [Fact]
    public void Clears_on_another_metric() => RuleScript.Check("expr: co > 20\nclear: reset == true", """
        0s co=21 reset=0 -> firing general @0s
        1s co=0 reset=0
        2s reset=1 -> resolved general
        """);

    [Fact]
    public void Keeps_firing_until_the_clear_is_old_enough() => RuleScript.Check("expr: temperature > 30\nkeep_firing_for: 5s", """
        0s temperature=31 -> firing general @0s
        1s temperature=29
        5s999ms temperature=29
        6s temperature=29 -> resolved general
        """);

    [Fact]
    public void A_relapse_while_kept_firing_is_the_same_alert() => RuleScript.Check("expr: temperature > 30\nclear: temperature < 28\nkeep_firing_for: 5s", """
        0s temperature=31 -> firing general @0s
        1s temperature=27
        4s temperature=31
        5s temperature=27
        9s temperature=29
        10s temperature=29 -> resolved general
        """);
}
