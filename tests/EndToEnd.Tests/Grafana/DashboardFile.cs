using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>A dashboard of <c>docs/grafana</c>.</summary>
internal sealed class DashboardFile
{
    public const string Readings = "fengsui-readings.json";
    public const string Influx = "fengsui-influxdb.json";
    public const string Metrics = "fengsui-metrics.json";

    public DashboardFile(string name)
    {
        Text = File.ReadAllText(Path.Combine(FengsuiProgram.Directory, "grafana", name));
        using var document = JsonDocument.Parse(Text);
        Json = document.RootElement.Clone();
        AllPanels = [.. Json.GetProperty("panels").EnumerateArray()];
        Panels = [.. AllPanels.Where(panel => panel.GetProperty("type").GetString() != "row").Select(DashboardPanel.Of)];
        Variables = [.. Json.GetProperty("templating").GetProperty("list").EnumerateArray()];
        Annotations = Json.TryGetProperty("annotations", out var annotations) ? [.. annotations.GetProperty("list").EnumerateArray()] : [];
    }

    public string Text { get; }

    public JsonElement Json { get; }

    /// <summary>With the headings of rows.</summary>
    public IReadOnlyList<JsonElement> AllPanels { get; }

    public IReadOnlyList<DashboardPanel> Panels { get; }

    public IReadOnlyList<JsonElement> Variables { get; }

    public IReadOnlyList<JsonElement> Annotations { get; }
}
