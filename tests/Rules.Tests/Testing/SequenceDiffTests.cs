using Fengsui.Rules.Testing;
using Xunit;

namespace Fengsui.Rules.Tests.Testing;

public sealed class SequenceDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a b c", "a b c", "")]
    [InlineData("a b c", "a c", " a -b  c")]
    [InlineData("a c", "a b c", " a +b  c")]
    [InlineData("a b c", "a x c", " a -b +x  c")]
    [InlineData("a b", "", "-a -b")]
    [InlineData("", "a b", "+a +b")]
    [InlineData("a b c d", "b c d a", "-a  b  c  d +a")]
    public void Aligns_what_is_common(string expected, string got, string lines)
    {
        var diff = SequenceDiff.Of(Words(expected), Words(got), string.Equals, word => word);

        Assert.Equal(lines, string.Join(' ', diff.Select(line => (line.Side switch { DiffSide.Expected => "-", DiffSide.Got => "+", _ => " " }) + line.Text)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
