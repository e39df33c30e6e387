namespace Fengsui.Rules.Schema;

/// <summary>The JSON Schemas of the files that a rule engineer writes, for editors with a YAML language server.</summary>
public static class ConfigurationSchema
{
    private static readonly KeyValuePair<string, SchemaFile>[] Files =
        [new("rules", RuleSchema.File), new("tests", RuleTestSchema.File), new("devices", DeviceSchema.File)];

    /// <summary>The kinds of files: <c>rules</c>, <c>tests</c>, <c>devices</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Files.Select(file => file.Key)];

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static string ToJson(string kind) => Of(kind).ToJson();

    /// <summary>The mappings of a kind of file: what a reader calls each, and its keys.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IReadOnlyList<(string What, IReadOnlyList<string> Keys)> Mappings(string kind) =>
        [.. Of(kind).Mappings.Select(mapping => (mapping.What, (IReadOnlyList<string>)[.. mapping.Keys.Select(key => key.Name)]))];

    private static SchemaFile Of(string kind) => Array.Find(Files, file => file.Key == kind).Value ?? throw new ArgumentException($"there is no kind of file '{kind}'", nameof(kind));
}
