using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Http;

/// <summary>The options of the configuration for requests that bring readings.</summary>
internal sealed class HttpWriteDefinition : SourceDefinition
{
    public required HttpWriteOptions Options { get; init; }

    internal override ISource Open(SourceContext context) => new InForce(Options, context.HttpWrites);

    /// <summary>Puts the options in force for as long as it runs.</summary>
    private sealed class InForce(HttpWriteOptions options, HttpWriteSettings settings) : ISource
    {
        public async Task RunAsync(CancellationToken stopping)
        {
            settings.Options = options;
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            settings.Options = HttpWriteOptions.Default;
        }
    }
}
