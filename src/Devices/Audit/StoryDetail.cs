using System.Text.Json;

namespace Fengsui.Devices.Audit;

/// <summary>Reads single fields of a record's detail.</summary>
public static class StoryDetail
{
    /// <summary>Empty when there is no such text; several texts are joined by commas.</summary>
    public static string Text(AuditEntry entry, string name)
    {
        using var detail = JsonDocument.Parse(entry.Record.Detail);
        return !detail.RootElement.TryGetProperty(name, out var value) ? ""
            : value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(item => item.ToString()))
            : value.ToString();
    }
}
