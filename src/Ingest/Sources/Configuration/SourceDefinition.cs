using Fengsui.Ingest.Sources.Stepped;
using Fengsui.Rules.Parsing;

namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>One source as the configuration describes it; immutable.</summary>
public abstract class SourceDefinition
{
    /// <summary><c>modbus</c>, <c>jt808</c>…</summary>
    public required string Protocol { get; init; }

    /// <summary>Unique within its protocol; names the ledger <c>protocol/name</c>.</summary>
    public required string Name { get; init; }

    public required SourceSpot Spot { get; init; }

    /// <summary>
    /// All that the configuration says of it, in one text: a source whose text is unchanged runs on undisturbed when the files change. See <see cref="CanonicalText"/>.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>First levels of the topics that it publishes alerts under; null when it publishes none.</summary>
    public virtual string? AlertTopics => null;

    /// <summary>Makes the source; nothing is opened before it runs.</summary>
    internal abstract ISource Open(SourceContext context);

    /// <summary>Opens the source without threads and sockets; see <see cref="SteppedSources"/>.</summary>
    /// <exception cref="NotSupportedException">It needs a server.</exception>
    internal virtual void OpenStepped(SourceContext context, SteppedSources sources) =>
        throw new NotSupportedException($"a {Protocol} source needs a running server");
}
