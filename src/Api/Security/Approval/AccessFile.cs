using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fengsui.Api.Security.Approval;

/// <summary>The file of the requests for joint data: replaced whole and made durable at each change.</summary>
internal sealed class AccessFile(string path)
{
    public const string Name = "access-requests.json";

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>Empty when there is none. One that cannot be read is set aside: it opens nothing, and can be looked at.</summary>
    public AccessRequest[] Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<AccessRequest[]>(File.ReadAllBytes(path), Form) ?? [];
        }
        catch (JsonException)
        {
            File.Move(path, path + ".corrupt", overwrite: true);
            return [];
        }
    }

    /// <exception cref="IOException">It cannot be written; the file before it stays.</exception>
    public void Write(AccessRequest[] requests)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, requests, Form);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
