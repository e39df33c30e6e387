using System.Globalization;

namespace Fengsui.Api.Metrics;

/// <summary>The Prometheus text exposition format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Dropped = "fengsui_metrics_dropped_measurements_total";

    public static void Write(TextWriter text, MetricFamily family)
    {
        var series = family.Snapshot();
        if (series.Length == 0)
        {
            return;
        }

        WriteHead(text, family.Name, family.Help, family.Kind);
        foreach (var one in series)
        {
            one.WriteTo(text, family.Name);
        }
    }

    public static void WriteDropped(TextWriter text, long count)
    {
        WriteHead(text, Dropped, "Measurements not kept because their family was full or their instrument clashed with another.", MetricKind.Counter);
        text.Write(string.Create(CultureInfo.InvariantCulture, $"{Dropped} {count}\n"));
    }

    private static void WriteHead(TextWriter text, string name, string help, MetricKind kind)
    {
        if (help.Length > 0)
        {
            var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Write($"# HELP {name} {escaped}\n");
        }

        var word = kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        text.Write($"# TYPE {name} {word}\n");
    }
}
