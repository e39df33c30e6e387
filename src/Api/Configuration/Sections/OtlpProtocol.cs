namespace Fengsui.Api.Configuration.Sections;

/// <summary>How OTLP travels.</summary>
public enum OtlpProtocol
{
    Grpc,
    Http,
}
