namespace Fengsui.EndToEnd.Tests.OpenApi;

/// <summary>The linter spectral, with all its rules for OpenAPI, on the description that is committed and on the one that a running server gives.</summary>
public sealed class SpectralTests(ITestOutputHelper output)
{
    [FactIfSpectral]
    public async Task The_linter_finds_nothing_in_the_description_of_the_api()
    {
        var committed = Path.Combine(FactIfSpectralAttribute.Tools, "..", "..", "docs", "openapi.json");
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default);
        var answered = Path.Combine(server.DataDirectory, "openapi.json");
        await File.WriteAllBytesAsync(answered, await server.Api.Http.GetByteArrayAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var found = await LintAsync(committed, answered);
        Assert.True(found.ExitCode == 0, found.Output + found.Error);
    }

    [FactIfSpectral]
    public async Task The_linter_that_is_run_finds_what_is_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("fengsui-lint-");
        try
        {
            var wrong = Path.Combine(folder.FullName, "openapi.json");
            await File.WriteAllTextAsync(wrong, """{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"a"}}}}}}""");
            var found = await LintAsync(wrong);
            Assert.NotEqual(0, found.ExitCode);
            Assert.Contains("operation-operationId", found.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Seconds by itself; much longer where others use the processors.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>A hint counts as much as an error.</summary>
    private static Task<CommandResult> LintAsync(params string[] documents) => Command.RunAsync(
        "node", null, Patience, [FactIfSpectralAttribute.Program, "lint", .. documents, "--ruleset", Path.Combine(FactIfSpectralAttribute.Tools, "ruleset.yaml"), "--fail-severity", "hint", "--quiet"]);
}
