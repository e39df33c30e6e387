using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fengsui.Rules.Tests.Schema;

/// <summary>A YAML file as an editor sees it: by the core schema of YAML 1.2.</summary>
internal static partial class YamlAsJson
{
    public static JToken Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Of(stream.Documents[0].RootNode);
    }

    private static JToken Of(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JObject(mapping.Children.Select(child => new JProperty(((YamlScalarNode)child.Key).Value!, Of(child.Value)))),
        YamlSequenceNode list => new JArray(list.Children.Select(Of)),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => OfPlain(scalar.Value!),
        YamlScalarNode scalar => new JValue(scalar.Value),
        _ => throw new NotSupportedException(node.NodeType.ToString()),
    };

    private static JValue OfPlain(string text) => text switch
    {
        "" or "~" or "null" => JValue.CreateNull(),
        "true" or "false" => new JValue(text == "true"),
        _ when Integer().IsMatch(text) => new JValue(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when Float().IsMatch(text) => new JValue(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => new JValue(text),
    };

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Float();
}
