namespace Fengsui.Ingest.Payloads;

/// <summary>A form of payload with its options; immutable.</summary>
internal interface IPayloadForm
{
    /// <summary>Begins to take messages of this form.</summary>
    /// <returns>What they share while they are taken.</returns>
    IPayloadService Start(PayloadContext context);
}
