using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Library.Routes;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Geo;

public sealed class RouteRuleTests
{
    /// <summary>A thousandth of a degree of longitude at 31° N is 95.5 m.</summary>
    private const double Step = 0.001;

    [Fact]
    public void A_deviation_counts_from_the_edge_of_a_corridor_and_from_a_line_without_width()
    {
        var (edge, line) = (new PositionRules("expr: 'deviation(position, road) > 75.4 m'"), new PositionRules("expr: 'deviation(position, \"line\") > 75.4 m'"));
        Assert.Equal("", edge.At(0, 31.2, 121 + Step));
        Assert.Equal("Firing", line.At(0, 31.2, 121 + Step));
        Assert.Equal("Firing", edge.At(10, 31.2, 121 + (1.25 * Step)));
    }

    [Fact]
    public void A_deviation_is_zero_within_a_corridor_and_within_a_polygon_and_counts_into_its_hole()
    {
        var rule = new PositionRules("expr: 'deviation(position, road) == 0 and deviation(position, park) == 0'");
        Assert.Equal("Firing", rule.At(0, 31.05, 121.0002));
        var hole = new PositionRules("expr: 'deviation(position, park) > 900 m and deviation(position, park) < 1 km'");
        Assert.Equal("Firing", hole.At(0, 31.05, 121.05));
    }

    [Fact]
    public void Inside_and_outside_are_opposite_and_unknown_together()
    {
        var (inside, outside) = (new PositionRules("expr: 'inside(position, park)'"), new PositionRules("expr: 'outside(position, park)'"));
        Assert.Equal("Firing", inside.At(0, 31.02, 121.02));
        Assert.Equal("", outside.At(0, 31.02, 121.02));
        Assert.Equal("", inside.Unknown(1));
        Assert.Equal("", outside.Unknown(1));
        Assert.Equal("Resolved", inside.At(100, 31.02, 120.99));
        Assert.Equal("Firing", outside.At(100, 31.02, 120.99));
        Assert.Equal("Firing", new PositionRules("expr: 'inside(position, road)'").At(0, 31.3, 121.0002));
    }

    [Fact]
    public void A_single_impossible_fix_raises_nothing_and_resolves_nothing()
    {
        var rule = new PositionRules("expr: 'outside(position, park)'");
        Assert.Equal("", rule.At(0, 31.02, 121.02));
        Assert.Equal("", rule.At(1, 35, 121.02));
        Assert.Equal("", rule.At(2, 31.02, 121.02));
        Assert.Equal("", rule.At(3, 35, 121.02));
        Assert.Equal("Firing", rule.At(4, 35, 121.02));
        Assert.Equal("", rule.At(5, 31.02, 121.02));
        Assert.Equal(1, rule.Firing);
    }

    [Fact]
    public void An_old_position_is_unknown_to_rows_without_one()
    {
        var rule = new PositionRules("expr: 'inside(position, park) and co > 20', max_age: 10s");
        rule.At(0, 31.02, 121.02);
        Assert.Equal("Firing", rule.Other(10, 30));
        var late = new PositionRules("expr: 'inside(position, park) and co > 20', max_age: 10s");
        late.At(0, 31.02, 121.02);
        Assert.Equal("", late.Other(10.001, 30));
    }

    [Fact]
    public void A_position_is_no_evidence_at_a_tick()
    {
        var rule = new PositionRules("expr: 'outside(position, park) and during(always)', for: 30s, max_gap: 30s", Always);
        rule.At(0, 31.02, 120.9);
        for (var second = 1; second < 60; second++)
        {
            Assert.Equal("", rule.Tick(second));
        }

        Assert.Equal("", rule.At(60, 31.02, 120.9));
    }

    [Fact]
    public void The_window_of_a_route_opens_and_closes_at_ticks_to_the_millisecond()
    {
        var rule = new PositionRules("expr: 'in_window(road)'");
        Assert.True(rule.Program.IsTimed);
        Assert.Equal("", rule.Tick(-0.001));
        Assert.Equal("Firing", rule.Tick(0));
        Assert.Equal("", rule.Tick(3599.999));
        Assert.Equal("Resolved", rule.Tick(3600));
    }

    [Fact]
    public void The_label_of_a_device_names_its_route()
    {
        const string Rule = "expr: 'deviation(position, labels.route) > 100 m'";
        Assert.Equal("", new PositionRules(Rule, labels: new KeyValuePair<string, string>("route", "road")).At(0, 31.2, 121));
        Assert.Equal("Firing", new PositionRules(Rule, labels: new KeyValuePair<string, string>("route", "elsewhere")).At(0, 31.2, 121));
        Assert.Equal("", new PositionRules(Rule, labels: new KeyValuePair<string, string>("route", "nowhere")).At(0, 31.2, 121));
        Assert.Equal("", new PositionRules(Rule).At(0, 31.2, 121));
        Assert.Equal("", new PositionRules("expr: 'inside(position, labels.route)'", labels: new KeyValuePair<string, string>("route", "line")).At(0, 31.2, 121));
        Assert.Equal("", new PositionRules("expr: 'not in_window(labels.route)'", labels: new KeyValuePair<string, string>("route", "line")).Tick(0));
        Assert.Equal("Firing", new PositionRules("expr: 'not in_window(labels.route)'", labels: new KeyValuePair<string, string>("route", "road")).Tick(-1));
    }

    [Theory]
    [InlineData("deviation(position, road) > 100")]
    [InlineData("deviation(position, labels.route) > 100")]
    public void A_changed_route_begins_anew_and_an_unchanged_one_goes_on(string expr)
    {
        var rule = new PositionRules($"expr: '{expr}'", labels: new KeyValuePair<string, string>("route", "road"));
        Assert.Equal("Firing", rule.At(0, 31.2, 121.1));
        var file = PositionRules.RuleFile($"expr: '{expr}'");
        Assert.Equal("", rule.Reload(RouteSets.WithRules(file, PositionRules.Routes, RouteSets.Collection(RouteSets.Feature("\"id\":\"another\"", "LineString", "[[0,0],[0,1]]")))));
        Assert.Equal("Resolved", rule.Reload(RouteSets.WithRules(file, PositionRules.Routes.Replace("31.5]", "31.4]", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("deviation(position, raod) > 1", "there is no route 'raod'; did you mean 'road'?")]
    [InlineData("deviation(position) > 1", "'deviation' takes 2 arguments, not 1")]
    [InlineData("deviation(3, road) > 1", "this is not a position")]
    [InlineData("deviation(position, 3) > 1", "this is not a name")]
    [InlineData("deviation(position, road) > 1 km/h", "the left side is in m, the right side in km/h")]
    [InlineData("deviation(position, road)", "this is a number, not a condition")]
    [InlineData("inside(position, line)", "the route 'line' is a line without a width, so nothing is inside it")]
    [InlineData("in_window(park)", "the route 'park' has no approved time window")]
    [InlineData("stopped()", "'stopped' takes 1 to 3 arguments, not 0")]
    [InlineData("stopped(position)", "'stopped' needs a duration")]
    [InlineData("stopped(10)", "this is not a duration that can stand here")]
    [InlineData("stopped(10 min, 1 m)", "this is not a radius that can stand here")]
    [InlineData("stopped(10 min, 5 kg)", "this is not a radius that can stand here")]
    [InlineData("speed(position, 5) > 1", "'speed' takes 0 to 1 argument, not 2")]
    [InlineData("during(nigth)", "there is no schedule 'nigth'; did you mean 'night'?")]
    public void Explains_a_wrong_call(string expr, string expected)
    {
        const string Night = "schedules: [{ name: night, time_zone: UTC, from: \"22:00\", to: \"06:00\" }]";
        var result = RuleSet.Parse([new RuleFile("r.geojson", PositionRules.Routes), new RuleFile("r.yaml", PositionRules.RuleFile($"expr: '{expr}'", Night))]);
        Assert.Contains(expected, Assert.Single(result.Diagnostics).Message);
    }

    [Theory]
    [InlineData("deviation(position, labels.route) > 200 m")]
    [InlineData("speed > 5 km/h and not in_window(labels.route)")]
    [InlineData("stopped(10 min) and outside(position, park)")]
    [InlineData("motion == true and during(always)")]
    [InlineData("stopped(gps.position, 1h, 0.2 km) or speed(gps.position) > 80")]
    public void Takes_the_examples_of_the_reference(string expr) => Assert.Single(new PositionRules($"expr: '{expr}'", Always).Program.Rules);

    [Fact]
    public void Calls_that_mean_the_same_share_their_memory()
    {
        var one = new PositionRules("expr: 'stopped(10 min)'").Program.StateBytes;
        Assert.Equal(one, new PositionRules("expr: 'stopped(position, 600 s, 0.03 km) or stopped(10 min, 30)'").Program.StateBytes);
        Assert.True(new PositionRules("expr: 'stopped(10 min) or stopped(11 min)'").Program.StateBytes > one);
    }

    [Fact]
    public void Speed_reads_as_the_reported_one_does()
    {
        var rule = new PositionRules("expr: 'speed() > 20 m/s'");
        for (var second = 0; second < 5; second++)
        {
            Assert.Equal("", rule.At(second, 31 + (second * 25 / 110_870.0), 121));
        }

        Assert.Equal("Firing", rule.At(5, 31 + (5 * 25 / 110_870.0), 121));
    }

    [Fact]
    public void A_restart_from_a_snapshot_after_any_row_changes_nothing()
    {
        const string Rule = "expr: 'stopped(1 min) or speed() > 60 km/h or deviation(position, road) > 300 m or inside(position, park)', for: 5s";
        var (plain, restarted, random) = (new PositionRules(Rule), new PositionRules(Rule), new Random(5));
        var (latitude, longitude, happened) = (31.05, 120.998, 0);
        for (var second = 0; second < 1200; second += random.Next(20) == 0 ? 400 : random.Next(1, 8))
        {
            latitude += random.Next(3) == 0 ? 0.0015 * (random.NextDouble() - 0.5) : 0;
            longitude += random.Next(40) == 0 ? 0.1 * (random.NextDouble() - 0.5) : 0;
            var isUnknown = random.Next(15) == 0;
            var expected = isUnknown ? plain.Unknown(second) : plain.At(second, latitude, longitude);
            Assert.Equal(expected, isUnknown ? restarted.Unknown(second) : restarted.At(second, latitude, longitude));
            restarted.Restart();
            Assert.Equal(plain.Snapshot(), restarted.Snapshot());
            happened += expected.Length > 0 ? 1 : 0;
        }

        Assert.True(happened > 0);
    }

    [Fact]
    public void Allocates_nothing_per_row()
    {
        var rule = new PositionRules(
            "expr: 'deviation(position, road) > 1e9 m or (outside(position, park) and speed() > 500 km/h) or (stopped(10 min) and during(always) and not in_window(road)) or deviation(position, elsewhere) < 0'", Always);
        var time = PositionRules.StartMs;
        void Round()
        {
            for (var i = 0; i < 5_000; i++)
            {
                // To and fro over 50 km, and now and then a jump.
                var north = i % 1000 == 0 ? 3 : Math.Abs((i % 500) - 250) * 0.002;
                var position = new GeoPosition((int)((31 + north) * 1e7), 1_210_000_000 + (i % 77 * 1000));
                rule.Run(time += 5_000, position.Pack());
            }
        }

        Round();
        Assert.Equal(0, Allocation.LeastOf(Round));
        Assert.Equal(0, rule.Firing);
    }

    private const string Always = "schedules: [{ name: always, time_zone: UTC, from: \"00:00\", to: \"24:00\" }]";
}
