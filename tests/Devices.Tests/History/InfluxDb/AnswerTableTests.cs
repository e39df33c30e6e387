using System.Text.RegularExpressions;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>What docs/influxdb.md says is tested is a test of that name.</summary>
public sealed partial class AnswerTableTests
{
    [Fact]
    public void Every_row_of_the_answers_names_tests_that_there_are()
    {
        var rows = File.ReadLines(Path.Combine(Repository(), "docs", "influxdb.md"))
            .SkipWhile(line => !line.StartsWith("| case |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.True(rows.Count >= 12, "the table is there");
        Assert.All(rows, row =>
        {
            var names = Test().Matches(row);
            Assert.NotEmpty(names);
            Assert.All(names, name =>
            {
                var method = Type.GetType($"{typeof(AnswerTableTests).Namespace}.{name.Groups[1].Value}")?.GetMethod(name.Groups[2].Value);
                Assert.True(method?.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length == 1, $"{name.Value} is no test");
            });
        });
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Fengsui.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Test();
}
