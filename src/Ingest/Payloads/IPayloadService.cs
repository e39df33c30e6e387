namespace Fengsui.Ingest.Payloads;

/// <summary>A form of payload at work: what its connections share.</summary>
internal interface IPayloadService : IDisposable
{
    /// <summary>Makes the decoder of one connection. Any thread.</summary>
    IPayloadDecoder Open();
}
