namespace Fengsui.Api.Configuration.Sections;

/// <summary>Export of metrics over OTLP. Off until an endpoint is set; <c>/metrics</c> is always there.</summary>
public sealed class TelemetrySection
{
    /// <summary>For example <c>http://127.0.0.1:4317</c>.</summary>
    public Uri? OtlpEndpoint { get; internal set; }

    public OtlpProtocol OtlpProtocol { get; internal set; } = OtlpProtocol.Grpc;

    /// <summary>The usual scrape interval of a safety installation; alerts do not travel this way.</summary>
    public TimeSpan ExportInterval { get; internal set; } = TimeSpan.FromSeconds(15);
}
