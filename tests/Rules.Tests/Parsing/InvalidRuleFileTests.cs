using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Parsing;

/// <summary>Each wrong file in <c>Fixtures/invalid</c> has its exact messages beside it. Set FENGSUI_ACCEPT=1 to write them anew, then read the diff.</summary>
public sealed class InvalidRuleFileTests
{
    private static readonly string Folder = RepositoryFiles.PathOf("tests/Rules.Tests/Fixtures/invalid");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Reports_every_mistake_with_its_place(string name)
    {
        var path = Path.Combine(Folder, name);
        var result = RuleSet.Parse([new RuleFile(name, File.ReadAllText(path))]);
        var messages = string.Concat(result.Diagnostics.Select(diagnostic => diagnostic + "\n"));
        var expectedPath = Path.ChangeExtension(path, ".expected");
        if (Environment.GetEnvironmentVariable("FENGSUI_ACCEPT") == "1")
        {
            File.WriteAllText(expectedPath, messages);
        }

        Assert.Null(result.RuleSet);
        Assert.Equal(File.ReadAllText(expectedPath), messages);
    }
}
