using System.Text.Json.Nodes;

namespace Fengsui.Rules.Schema;

/// <summary>One key of a mapping.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Shape">Makes the schema of its value; a node belongs to one place, so each use makes its own.</param>
/// <param name="Description">What an editor shows at it.</param>
internal sealed record SchemaKey(string Name, Func<JsonObject> Shape, string Description)
{
    /// <summary>Whether the mapping is wrong without it.</summary>
    public bool IsRequired { get; init; }
}
