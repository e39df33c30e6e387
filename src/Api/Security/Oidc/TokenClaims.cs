using System.Text.Json;

namespace Fengsui.Api.Security.Oidc;

/// <summary>Reads what stands in a token; what is of another kind than expected is not there.</summary>
internal static class TokenClaims
{
    /// <summary>9999-12-31: later times are a mistake.</summary>
    private const double MaxSeconds = 253_402_300_799;

    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>A text, or a list of texts, under a path with dots; a claim may have a name with dots, too.</summary>
    public static IReadOnlyList<string> Texts(JsonElement json, string path)
    {
        if (!json.TryGetProperty(path, out var found))
        {
            found = json;
            foreach (var name in path.Split('.'))
            {
                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                {
                    return [];
                }
            }
        }

        return found.ValueKind switch
        {
            JsonValueKind.String => [found.GetString()!],
            JsonValueKind.Array => [.. found.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        };
    }

    /// <summary>Seconds since 1970.</summary>
    public static DateTimeOffset? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var value) && value is >= 0 and <= MaxSeconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(value)
            : null;
}
