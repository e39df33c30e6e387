using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads;

/// <summary>Which topics carry messages of a form.</summary>
/// <param name="Pattern">The topics.</param>
/// <param name="Open">Makes the decoder of one connection; what several connections share is the format's own, and guarded by it.</param>
/// <param name="Report">Counts the messages of all connections.</param>
internal sealed record PayloadRoute(TopicPattern Pattern, Func<IPayloadDecoder> Open, SourceConnection Report);
