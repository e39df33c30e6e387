using Fengsui.Api.Configuration.Binding;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads receivers of <c>type: file</c>.</summary>
internal sealed class FileSection : IReceiverSection
{
    private const long MinRotateBytes = 4 << 10;
    private const long DefaultRotateBytes = 64 << 20;
    private const long MaxRotateBytes = 16L << 30;
    private const int MaxKept = 1000;

    public string Kind => "file";

    public ReceiverDefinition Read(YamlMap map, string name, string fingerprint, SecretReader secrets)
    {
        var path = map.String("path", $"delivered/{name}.jsonl")!;
        if (path.Length == 0 || path.EndsWith('/'))
        {
            map.Diagnostics.Error(map.SpotOf("path"), DiagnosticCodes.InvalidValue, "'path' names no file", "a path, within the data directory when it is not absolute");
        }

        var rotate = map.Bytes("rotate_bytes", DefaultRotateBytes, MinRotateBytes, MaxRotateBytes);
        var keep = map.Integer("keep", 10, 1, MaxKept);
        return new FileDefinition(path, rotate, keep) { Name = name, Spot = map.Spot, Fingerprint = fingerprint };
    }
}
