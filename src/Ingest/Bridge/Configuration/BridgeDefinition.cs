using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Bridge.Configuration;

/// <summary>One bridge of the configuration.</summary>
internal sealed class BridgeDefinition(BridgeOptions options) : SourceDefinition
{
    public BridgeOptions Options => options;

    public override string? AlertTopics => options.AlertPrefix;

    internal override ISource Open(SourceContext context) => new BridgeSource(options, context);
}
