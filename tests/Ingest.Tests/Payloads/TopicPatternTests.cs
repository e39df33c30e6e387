using System.Text;
using Fengsui.Ingest.Payloads;

namespace Fengsui.Ingest.Tests.Payloads;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/bc", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("+/+", "/x", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    public void Matches_as_MQTT_does(string filter, string topic, bool matches)
    {
        Assert.True(TopicPattern.TryParse(filter, out var pattern));
        Assert.Equal(matches, pattern!.Matches(Encoding.UTF8.GetBytes(topic)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/#/b")]
    [InlineData("a/b#")]
    [InlineData("a+/b")]
    public void What_is_no_filter_is_refused(string filter)
    {
        Assert.False(TopicPattern.TryParse(filter, out _));
    }
}
