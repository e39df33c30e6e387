using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads metric names of senders, and the names that they go by here.</summary>
internal static class NameMapReader
{
    private const int MaxNameBytes = 128;

    public static MetricNames Read(YamlMap map, string key)
    {
        var names = map.StringMap(key);
        foreach (var (_, name) in names)
        {
            if (string.IsNullOrWhiteSpace(name.Text) || System.Text.Encoding.UTF8.GetByteCount(name.Text) > MaxNameBytes)
            {
                map.Diagnostics.Error(name.Spot, DiagnosticCodes.MetricName, $"'{name.Text}' cannot name a metric", $"a name of 1 to {MaxNameBytes} bytes");
            }
        }

        return new MetricNames(names.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Text)));
    }
}
