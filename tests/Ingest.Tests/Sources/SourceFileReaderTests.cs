using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class SourceFileReaderTests
{
    [Fact]
    public void Every_mistake_of_every_file_is_found_at_once()
    {
        var catalog = SourceFileReader.Read(
            [new SourceFile("a.yaml", "toys: [{ name: a }, { word: x }]\ntoy: []"), new SourceFile("b.yaml", "toys:\n  - { name: a, wrod: y }")],
            [new ToySection([])]);

        Assert.Equal(
            ["a.yaml:1:21 missing-key", "a.yaml:2:1 unknown-key", "b.yaml:2:5 duplicate-name", "b.yaml:2:16 unknown-key"],
            catalog.Diagnostics.Select(one => $"{one.File}:{one.Line}:{one.Column} {one.Code}"));
    }

    [Theory]
    [InlineData("{ a: 1, b: [x, 'y'] }", "# c\na:   1\nb:\n  - x\n  - \"y\"", true)]
    [InlineData("{ a: 1 }", "{ a: '1' }", false)]
    [InlineData("{ a: [x, y] }", "{ a: [xy] }", false)]
    [InlineData("{ a: 1, b: 2 }", "{ b: 2, a: 1 }", false)]
    public void A_canonical_text_tells_what_is_said_not_how(string first, string second, bool same)
    {
        Assert.Equal(same, Text(first) == Text(second));
    }

    private static string Text(string yaml) => CanonicalText.Of(YamlDocument.Load("f", yaml, new DiagnosticBag()));
}
