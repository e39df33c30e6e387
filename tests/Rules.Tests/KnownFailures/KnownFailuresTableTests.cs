using System.Text.RegularExpressions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>What <c>docs/known-failures.md</c> promises is there.</summary>
public sealed partial class KnownFailuresTableTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(RepositoryFiles.PathOf("docs/known-failures.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    private static readonly ILookup<string, string> Files = Directory
        .GetFiles(RepositoryFiles.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
        .ToLookup(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

    [Fact]
    public void Every_row_has_tests_of_the_names_it_gives()
    {
        Assert.True(Rows.Length >= 12);
        Assert.All(Rows, row =>
        {
            Assert.Equal(4, row.Length);
            var names = NamesOf(row);
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.All(Texts(name), text =>
            {
                Assert.Matches($@"class {name}\b", text);
                Assert.Matches(@"\[(Fact|Theory)\]", text);
            }));
        });
    }

    [Fact]
    public void Every_thread_of_a_row_is_named_by_one_of_its_tests() => Assert.All(Rows, row =>
    {
        var tests = string.Concat(NamesOf(row).SelectMany(Texts));
        Assert.All(Thread().Matches(row[1]).Select(match => match.Value), thread => Assert.Matches(thread + @"\b", tests));
    });

    [Fact]
    public void Every_test_of_a_known_failure_is_in_the_table()
    {
        var named = Rows.SelectMany(NamesOf).ToHashSet();
        var tests = Files.SelectMany(files => files)
            .Where(path => path.Contains("KnownFailures" + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.ReadAllText(path).Contains("[Fact]", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Except([nameof(KnownFailuresTableTests)]);
        Assert.All(tests, test => Assert.Contains(test, named));
    }

    private static IReadOnlyList<string> NamesOf(string[] row) => [.. Quoted().Matches(row[3]).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Texts(string name)
    {
        Assert.True(Files.Contains(name), $"there is no {name}.cs below tests");
        return Files[name].Select(File.ReadAllText);
    }

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("#[0-9]+")]
    private static partial Regex Thread();
}
