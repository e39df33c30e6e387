using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Fengsui.Api.Hosting;

/// <summary>Pushes our meters and the runtime's to an OpenTelemetry collector, when one is configured.</summary>
internal static class OtlpExport
{
    private const string HttpMetricsPath = "v1/metrics";

    public static MeterProvider? Start(TelemetrySection options, string version)
    {
        if (options.OtlpEndpoint is not { } endpoint)
        {
            return null;
        }

        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("fengsui", serviceVersion: version))
            .AddMeter(MetricStore.OwnMeters + "*", MetricStore.RuntimeMeter)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = options.OtlpProtocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = options.OtlpProtocol == OtlpProtocol.Grpc || endpoint.AbsolutePath.Length > 1
                    ? endpoint
                    : new Uri(endpoint, HttpMetricsPath);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.ExportInterval.TotalMilliseconds;
            })
            .Build();
    }
}
