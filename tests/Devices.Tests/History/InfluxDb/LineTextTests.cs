using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Lines;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

public sealed class LineTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "two\\ words")]
    [InlineData("a,b", "a\\,b")]
    [InlineData("a=b", "a\\=b")]
    [InlineData("\"quoted\" 'x'", "\"quoted\"\\ 'x'")]
    [InlineData("温度", "温度")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("a\\,b", "a＼\\,b")]
    [InlineData("a\\\\b", "a＼\\b")]
    [InlineData("end\\", "end＼")]
    [InlineData("line\nfeed\r\0", "line\uFFFDfeed\uFFFD\uFFFD")]
    public void Names_are_escaped_so_that_every_server_reads_them_alike(string name, string written) =>
        Assert.Equal(written, Encoding.UTF8.GetString(LineText.Name(name)));

    [Theory]
    [InlineData("a=b", "a=b")]
    [InlineData("a b,c", "a\\ b\\,c")]
    [InlineData("#comment", "_#comment")]
    public void Measurements_need_no_escape_for_an_equals_sign_and_are_no_comments(string name, string written) =>
        Assert.Equal(written, Encoding.UTF8.GetString(LineText.Measurement(name)));

    [Theory]
    [InlineData("time", "time_value")]
    [InlineData("_field", "_field_value")]
    [InlineData("device", "device_value")]
    [InlineData("temperature", "temperature")]
    [InlineData("", "_")]
    public void Fields_do_not_take_names_that_servers_or_tags_have(string name, string written) =>
        Assert.Equal(written, LineText.FreeName(name, ["device"]));

    [Theory]
    [InlineData("device", TagSource.Device, "")]
    [InlineData("label:wing", TagSource.Label, "wing")]
    [InlineData("=plant-7", TagSource.Constant, "plant-7")]
    public void Tags_say_where_their_value_comes_from(string text, TagSource source, string argument) =>
        Assert.Equal(new TagRule("key", source, argument), TagRule.Parse("key", text));

    [Theory]
    [InlineData("devise")]
    [InlineData("label:")]
    [InlineData("=")]
    public void What_is_no_source_of_a_tag_is_not_guessed_at(string text) => Assert.Null(TagRule.Parse("key", text));
}
