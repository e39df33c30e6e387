using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Outbox.Routing;

public sealed class RouterTests
{
    private static readonly RouteFacts Major = new(
        Tier.Major, Tier.None, "firing", "hall-3", "tank-7", "tank", "gas/CoHigh", new Dictionary<string, string> { ["site"] = "east" }, ["customs"], IsHeld: false);

    /// <summary>The seed of a case that fails is in the message.</summary>
    [Fact]
    public void The_router_does_what_the_slow_reference_does() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var routes = new RandomRoutes(new Random(seed));
            var tree = routes.Tree();
            var router = new Router(RandomRoutes.Receivers, tree);
            for (var i = 0; i < 20; i++)
            {
                var facts = routes.Facts();
                var expected = ReferenceRouter.Reached(tree, facts);
                Assert.True(expected.SequenceEqual(router.Reached(facts)), $"seed {seed}, entry {i}: {facts}");
                Assert.All(RandomRoutes.Receivers, name => Assert.Equal(expected.Contains(name), router.Reaches(name, facts)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Who_was_told_of_a_tier_is_told_of_its_end_and_of_the_step_down()
    {
        var router = new Router(["joint"], [new RouteDefinition { Tiers = [Tier.Major], Receivers = ["joint"] }]);
        Assert.True(router.Reaches("joint", Major));
        Assert.True(router.Reaches("joint", Major with { Tier = Tier.General, LeftTier = Tier.Major, State = "tier-changed" }));
        Assert.True(router.Reaches("joint", Major with { Tier = Tier.None, LeftTier = Tier.Major, State = "resolved" }));
        Assert.False(router.Reaches("joint", Major with { Tier = Tier.General }));
        Assert.False(router.Reaches("joint", Major with { Tier = Tier.None }));
    }

    [Fact]
    public void What_is_held_back_goes_only_where_a_route_says_so_and_the_highest_tier_is_never_held()
    {
        var router = new Router(
            ["people", "archive"],
            [new RouteDefinition { Receivers = ["archive"], Held = true, Continue = true }, new RouteDefinition { Receivers = ["people"] }]);
        Assert.Equal(["people", "archive"], router.Reached(Major));
        Assert.Equal(["archive"], router.Reached(Major with { IsHeld = true }));
        Assert.Equal(["people", "archive"], router.Reached(Major with { IsHeld = true, Tier = Tier.CrossBorder }));
        Assert.Equal(["people", "archive"], router.Reached(Major with { IsHeld = true, Tier = Tier.None, LeftTier = Tier.CrossBorder }));
    }

    [Fact]
    public void The_canary_goes_only_where_a_route_asks_for_it_and_nothing_else_goes_there()
    {
        var router = new Router(
            ["people", "watchdog"],
            [new RouteDefinition { Receivers = ["people"] }, new RouteDefinition { Canary = true, Receivers = ["watchdog"] }]);
        Assert.Equal(["people"], router.Reached(Major));
        Assert.Equal(["watchdog"], router.Reached(Major with { Rule = Devices.Canary.CanaryRule.Id }));
        Assert.Empty(new Router(["people"], [new RouteDefinition { Receivers = ["people"] }]).Reached(Major with { Rule = Devices.Canary.CanaryRule.Id }));
    }

    [Fact]
    public void An_empty_tree_reaches_nobody_and_an_unknown_receiver_is_reached_by_nothing()
    {
        Assert.Empty(Router.Empty.Reached(Major));
        Assert.False(Router.Empty.Reaches("x", Major));
    }

    [Fact]
    public void A_route_may_not_name_a_receiver_that_is_not_there() =>
        Assert.Throws<ArgumentException>(() => new Router(["a"], [new RouteDefinition { Receivers = ["b"] }]));
}
