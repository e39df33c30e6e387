using Fengsui.Api.DataPath;
using Fengsui.Api.Streaming;
using Fengsui.Api.Tests.Delivery;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;
using Microsoft.AspNetCore.Http;

namespace Fengsui.Api.Tests.Streaming;

public sealed class StreamFilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("?tier=major", true)]
    [InlineData("?tier=general&tier=major", true)]
    [InlineData("?tier=general", false)]
    [InlineData("?zone=hall-*", true)]
    [InlineData("?zone=yard&zone=hall-3", true)]
    [InlineData("?zone=hall", false)]
    [InlineData("?rule=gas/*&state=firing", true)]
    [InlineData("?rule=gas/*&state=resolved", false)]
    public void A_client_follows_what_it_asked_for(string query, bool wants) =>
        Assert.Equal(wants, Filter(query).Wants(StreamAlertSink.ToEvent(1, Notices.Transition())));

    [Fact]
    public void Who_follows_a_tier_hears_of_the_step_down_and_of_the_end()
    {
        var down = Notices.Transition() with { State = AlertState.TierChanged, Tier = Tier.General, PreviousTier = Tier.Major };
        var end = Notices.Transition() with { State = AlertState.Resolved, Tier = Tier.None, PreviousTier = Tier.Major };
        Assert.All([down, end], entry => Assert.True(Filter("?tier=major").Wants(StreamAlertSink.ToEvent(1, entry))));
        Assert.False(Filter("?tier=significant").Wants(StreamAlertSink.ToEvent(1, end)));
    }

    [Theory]
    [InlineData("?tier=magor", "did you mean 'major'?")]
    [InlineData("?state=burning", "must be one of firing")]
    public void A_word_that_is_none_is_said(string query, string said)
    {
        Assert.Null(StreamFilter.TryRead(Request(query), out var mistake));
        Assert.Contains(said, mistake, StringComparison.Ordinal);
    }

    private static StreamFilter Filter(string query) => StreamFilter.TryRead(Request(query), out _)!;

    private static HttpRequest Request(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return context.Request;
    }
}
