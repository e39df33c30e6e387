using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>How messages become readings.</summary>
public sealed class IntakeOptions
{
    public DecodingOptions Decoding { get; init; } = new();

    public ProvisioningOptions Provisioning { get; init; } = new();

    /// <summary>
    /// Dead letters per second that one connection may store with their bytes; more are refused (counted, answered with
    /// a reason where the protocol has one). 1,000: a gateway gone mad must not fill the journal.
    /// </summary>
    public int MaxDeadLettersPerSecond { get; init; } = 1_000;

    /// <summary>Topics that one connection's resolved routes are kept for. 16,384 devices behind one gateway.</summary>
    public int MaxRoutesPerConnection { get; init; } = 16_384;
}
