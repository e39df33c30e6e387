using Fengsui.Ingest.Payloads.LineProtocol;

namespace Fengsui.Ingest.Http;

/// <summary>How requests that bring readings are taken.</summary>
internal sealed class HttpWriteOptions
{
    public static HttpWriteOptions Default { get; } = new();

    public LineOptions Lines { get; init; } = LineOptions.Default;

    /// <summary>Bytes of a body, decompressed. 8 MiB: InfluxDB clients send 5,000 lines at a time, agents 1,000.</summary>
    public int MaxBodyBytes { get; init; } = 8 << 20;
}
