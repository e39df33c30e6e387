using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads <c>payloads:</c>: which topics carry which form.</summary>
internal sealed class PayloadSection : ISourceSection
{
    /// <summary>Each form reads its own keys. The name of the form is the protocol that it is counted under.</summary>
    private static readonly KeyValuePair<string, Func<YamlMap, IPayloadForm>?>[] Forms =
    [
        new("json", JsonFormReader.Read),
        new("line-protocol", LineFormReader.Read),
        new("senml", SenMlFormReader.Read),
        new("sparkplug", SparkplugFormReader.Read),
    ];

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        var routed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in files.SelectMany(file => file.Maps("payloads", "a payload")))
        {
            var name = map.RequiredString("name");
            var topics = ReadTopics(map, routed);
            var form = map.RequiredNode("form") is null ? null : map.Choice("form", null, Forms);
            var read = form?.Invoke(map);
            if (form is not null)
            {
                map.Finish();
            }

            if (name is not null && read is not null)
            {
                catalog.Add(new PayloadDefinition
                {
                    Protocol = map.String("form")!,
                    Name = name,
                    Spot = map.SpotOf("name"),
                    Fingerprint = CanonicalText.Of(map.Keys.Select(key => map.Node(key.Text)).ToArray()) + string.Join(',', map.Keys.Select(key => key.Text)),
                    Topics = topics,
                    Form = read,
                });
            }
        }
    }

    private static List<TopicPattern> ReadTopics(YamlMap map, HashSet<string> routed)
    {
        var patterns = new List<TopicPattern>();
        map.RequiredNode("topics");
        foreach (var topic in map.StringOrList("topics"))
        {
            if (!routed.Add(topic))
            {
                map.Diagnostics.Error(map.SpotOf("topics"), DiagnosticCodes.DuplicateName, $"'{topic}' has a form already", "another topic filter");
            }
            else if (TopicPattern.TryParse(topic, out var pattern))
            {
                patterns.Add(pattern!);
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("topics"), DiagnosticCodes.InvalidValue, $"'{topic}' is no topic filter", TopicPattern.Expected);
            }
        }

        return patterns;
    }
}
