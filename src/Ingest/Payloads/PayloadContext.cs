using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads;

/// <summary>What a form of payload is given to work with.</summary>
/// <param name="Publish">To the clients of our broker; null in a tool without one.</param>
/// <param name="Time">The clock of time-outs; never of a reading.</param>
/// <param name="Report">Counts its messages.</param>
/// <param name="MaxNameBytes">Of a metric.</param>
internal sealed record PayloadContext(PayloadPublisher? Publish, TimeProvider Time, SourceConnection Report, int MaxNameBytes);
