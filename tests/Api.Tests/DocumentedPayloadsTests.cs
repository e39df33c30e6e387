using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Api.Tests;

/// <summary>The examples of docs/payloads.md are to be copied, so they must be right.</summary>
public sealed class DocumentedPayloadsTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_example_of_a_source_file_is_read_without_a_mistake()
    {
        var parts = File.ReadAllText(Repository.File("docs/payloads.md")).Split(Fence);
        var examples = parts.Where(part => part.StartsWith("yaml\n", StringComparison.Ordinal)).Select(part => part["yaml\n".Length..]).ToList();
        Assert.Equal(6, examples.Count);
        Assert.All(examples, example =>
        {
            var catalog = SourceFileReader.Read([new SourceFile("payloads.md", example)]);
            Assert.Empty(catalog.Diagnostics);
            Assert.Single(catalog.Sources);
        });
    }
}
