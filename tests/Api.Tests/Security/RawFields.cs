using System.Text.Json;

namespace Fengsui.Api.Tests.Security;

/// <summary>An alert's event as an object that is open takes it.</summary>
internal static class RawFields
{
    public static void WriteRaw(this Utf8JsonWriter json)
    {
        using var document = JsonDocument.Parse("""{"id":"a-e2","note":"seal 7","evidence":["photo"],"labels":{"customs_no":"9","owner":"x"}}""");
        foreach (var field in document.RootElement.EnumerateObject())
        {
            field.WriteTo(json);
        }
    }
}
