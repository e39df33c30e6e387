namespace Fengsui.Rules.Schema;

/// <summary>A mapping of a file: its keys, and no others.</summary>
/// <param name="Name">Of the definition: <c>rule</c>.</param>
/// <param name="What">As the reader calls it in messages: "a rule".</param>
internal sealed record SchemaMapping(string Name, string What, string Description, params SchemaKey[] Keys)
{
    /// <summary>Sets of keys of which one must be there; empty as a rule.</summary>
    public IReadOnlyList<IReadOnlyList<string>> OneOf { get; init; } = [];
}
