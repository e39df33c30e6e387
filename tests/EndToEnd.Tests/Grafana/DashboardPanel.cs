using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>One panel that shows data.</summary>
/// <param name="Queries">The text of each query with its legend.</param>
internal sealed record DashboardPanel(string Title, string Description, JsonElement Json, IReadOnlyList<(string Query, string Legend)> Queries)
{
    /// <summary>Whether its description says that there may be nothing to show.</summary>
    public bool MayBeEmpty => Description.Contains("Empty while", StringComparison.Ordinal);

    public static DashboardPanel Of(JsonElement panel) => new(
        Text(panel, "title"),
        Text(panel, "description"),
        panel,
        [.. panel.GetProperty("targets").EnumerateArray().Select(target => (Text(target, "expr") + Text(target, "query"), Text(target, "legendFormat") + Text(target, "alias")))]);

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
