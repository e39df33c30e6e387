using Fengsui.Api.Configuration.Binding;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads receivers of <c>type: mqtt</c>.</summary>
internal sealed class MqttSection : IReceiverSection
{
    public string Kind => "mqtt";

    public ReceiverDefinition Read(YamlMap map, string name, string fingerprint, SecretReader secrets)
    {
        var bridge = map.String("bridge");
        var topic = map.RequiredString("topic");
        if (topic is not null && (topic.Length == 0 || topic.AsSpan().IndexOfAny("+#$") >= 0 || topic.StartsWith('/') || topic.EndsWith('/')))
        {
            map.Diagnostics.Error(map.SpotOf("topic"), DiagnosticCodes.InvalidValue, $"'{topic}' cannot begin a topic", "levels such as fengsui/alerts");
        }

        return new MqttDefinition(bridge, map.SpotOf("bridge"), topic ?? "") { Name = name, Spot = map.Spot, Fingerprint = fingerprint };
    }
}
