using Fengsui.Devices.RuleSets;
using Xunit;

namespace Fengsui.Devices.Tests.RuleSets;

public sealed class TextDiffTests
{
    [Fact]
    public void Equal_texts_have_no_diff() => Assert.Empty(TextDiff.Unified("a", "x\ny\n", "x\ny\n"));

    [Fact]
    public void A_changed_line_stands_between_three_lines_of_context()
    {
        var before = string.Concat(Enumerable.Range(1, 10).Select(i => $"l{i}\n"));
        Assert.Equal(
            ["--- a", "+++ a", "@@ -2,7 +2,7 @@", " l2", " l3", " l4", "-l5", "+new", " l6", " l7", " l8"],
            TextDiff.Unified("a", before, before.Replace("l5", "new", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_new_file_comes_from_nowhere() =>
        Assert.Equal(["--- /dev/null", "+++ a", "@@ -0,0 +1,2 @@", "+x", "+y"], TextDiff.Unified("a", "", "x\ny\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Applying_the_diff_of_random_texts_gives_the_second(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (before, after) = (Text(random), Text(random));
            Assert.Equal(after, Patch(before, TextDiff.Unified("a", before, after)));
        }
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => $"{(char)('a' + random.Next(4))}\n"));

    private static string Patch(string before, IReadOnlyList<string> diff)
    {
        var source = before.Split('\n')[..^1];
        var result = new List<string>();
        var next = 0;
        foreach (var line in diff.Skip(2))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var parts = line.Split(' ')[1][1..].Split(',').Select(int.Parse).ToArray();
                var start = parts[1] == 0 ? parts[0] : parts[0] - 1;
                result.AddRange(source[next..start]);
                next = start;
            }
            else if (line[0] == '+')
            {
                result.Add(line[1..]);
            }
            else
            {
                Assert.Equal(line[1..], source[next]);
                if (line[0] == ' ')
                {
                    result.Add(source[next]);
                }

                next++;
            }
        }

        result.AddRange(source[next..]);
        return string.Concat(result.Select(line => line + "\n"));
    }
}
