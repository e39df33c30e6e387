using Fengsui.Api.Commands.Rules;

namespace Fengsui.Api.Tests.Commands.Rules;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_stand_beneath_each_other_whatever_the_script()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var table = new TextTable("RULE", "FIRED");
        table.Add("仓库/温度高", "3");
        table.Add("warehouse/Hot", "12");
        table.Write(output);
        Assert.Equal("RULE           FIRED\n仓库/温度高    3\nwarehouse/Hot  12\n", output.ToString());
    }

    [Theory]
    [InlineData("warehouse/Hot", 13, "warehouse/Hot")]
    [InlineData("warehouse/Hot", 12, "warehouse/H…")]
    [InlineData("仓库/温度高", 11, "仓库/温度高")]
    [InlineData("仓库/温度高", 10, "仓库/温度…")]
    [InlineData("仓库/温度高", 9, "仓库/温…")]
    public void A_text_that_is_too_wide_ends_in_dots(string text, int columns, string shortened) => Assert.Equal(shortened, TextWidth.Shortened(text, columns));
}
