using Fengsui.Rules.Tests.Functions;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>Silence that is noticed late, only when the device is back, or never.</summary>
public sealed class NoDataLateOrMissing
{
    /// <summary>thingsboard#12771: the alarm comes when the device connects again; #1334: the time passes and no event comes.</summary>
    [Fact]
    public void Silence_is_noticed_while_it_lasts_and_not_at_the_reconnect() => Assert.Equal(
        "firing@31 resolved@500", new TickScript("expr: absent(co, 30s)").Row(1, ("co", 5)).Ticks(2, 499).Row(500, ("co", 5)).Steps);

    /// <summary>thingsboard#319: sensors that disconnect without anybody noticing; here also one that never came.</summary>
    [Fact]
    public void A_device_that_never_reported_is_missed() => Assert.Equal("firing@30", new TickScript("expr: absent(co, 30s)").Ticks(0, 60).Steps);

    /// <summary>thingsboard#12755: silence of one time series, told by the series alone, though others of the device go on.</summary>
    [Fact]
    public void One_sensor_that_dies_is_missed_though_the_others_of_its_device_report()
    {
        var script = new TickScript("expr: absent(co, 30s)").Row(0, ("co", 5), ("lel", 1));
        for (var second = 1; second <= 40; second++)
        {
            script.Row(second, ("lel", 1)).Ticks(second, second);
        }

        Assert.Equal("firing@30", script.Steps);
    }

    /// <summary>thingsboard#6428: silence that lasts is one alarm.</summary>
    [Fact]
    public void A_silence_that_has_been_told_is_told_once() => Assert.Equal("firing@31", new TickScript("expr: absent(co, 30s)").Row(1, ("co", 5)).Ticks(2, 7200).Steps);

    /// <summary>thingsboard#1092: a door that is open for more than so many minutes says nothing more.</summary>
    [Fact]
    public void A_door_that_stays_open_is_noticed_without_another_message() => Assert.Equal(
        "firing@601 resolved@900", new TickScript("expr: door == true\nfor: 10m").Row(0, ("door", 0)).Row(1, ("door", 1)).Ticks(2, 899).Row(900, ("door", 0)).Steps);

    /// <summary>thingsboard#1092: also when the state is repeated.</summary>
    [Fact]
    public void A_door_whose_state_is_repeated_does_not_begin_anew()
    {
        var script = new TickScript("expr: door == true\nfor: 10m").Row(0, ("door", 1));
        for (var minute = 1; minute < 10; minute++)
        {
            script.Row(minute * 60, ("door", 1));
        }

        Assert.Equal("firing@600", script.Row(600, ("door", 1)).Steps);
    }
}
