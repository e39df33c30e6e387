using Fengsui.Ingest.Payloads.Configuration;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Http;

/// <summary>Reads <c>http_writes:</c>: how requests that bring readings are taken. Without it the defaults are in force.</summary>
internal sealed class HttpWriteSection : ISourceSection
{
    private const long LeastBody = 1 << 10;
    private const long LargestBody = 64 << 20;

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var file in files)
        {
            if (file.Map("http_writes", "'http_writes'") is not { } map)
            {
                continue;
            }

            var options = new HttpWriteOptions
            {
                Lines = LineFormReader.ReadOptions(map),
                MaxBodyBytes = (int)map.Bytes("max_body", HttpWriteOptions.Default.MaxBodyBytes, LeastBody, LargestBody),
            };
            map.Finish();
            catalog.Add(new HttpWriteDefinition
            {
                Protocol = "http_writes",
                Name = "options",
                Spot = map.Spot,
                Fingerprint = CanonicalText.Of(file.Node("http_writes")),
                Options = options,
            });
        }
    }
}
