using Fengsui.Api.Configuration.Binding;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads receivers of one kind.</summary>
internal interface IReceiverSection
{
    string Kind { get; }

    /// <param name="fingerprint">Of what the file says.</param>
    /// <returns>The receiver; not to be used when there were errors.</returns>
    ReceiverDefinition Read(YamlMap map, string name, string fingerprint, SecretReader secrets);
}
