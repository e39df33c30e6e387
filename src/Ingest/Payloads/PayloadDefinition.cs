using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Payloads;

/// <summary>Topics of the configuration that carry a form of payload.</summary>
internal sealed class PayloadDefinition : SourceDefinition
{
    public required IReadOnlyList<TopicPattern> Topics { get; init; }

    public required IPayloadForm Form { get; init; }

    internal override ISource Open(SourceContext context) => new PayloadSource(this, context);
}
