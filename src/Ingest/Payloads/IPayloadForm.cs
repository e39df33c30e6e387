using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads;

/// <summary>A form of payload with its options; immutable.</summary>
internal interface IPayloadForm
{
    /// <summary>Begins to take messages of this form.</summary>
    /// <param name="context">What a source is given.</param>
    /// <param name="report">Counts its messages.</param>
    /// <returns>What they share while they are taken.</returns>
    IPayloadService Start(SourceContext context, SourceConnection report);
}
