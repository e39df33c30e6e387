using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Scenarios.Live;

/// <summary>Tells a server over its API what people do, and asks it what it knows.</summary>
internal sealed class SiteCalls(HttpClient http)
{
    /// <summary>Null when the server took it; otherwise what it said.</summary>
    public async Task<string?> TellAsync(SiteStep act, CancellationToken cancel)
    {
        var first = await SendAsync(act, replaces: false, cancel).ConfigureAwait(false);

        // A permit of an earlier run is still there: the scenario is the truth.
        return first.Status == HttpStatusCode.PreconditionRequired ? (await SendAsync(act, replaces: true, cancel).ConfigureAwait(false)).Objection : first.Objection;
    }

    private async Task<(HttpStatusCode Status, string? Objection)> SendAsync(SiteStep act, bool replaces, CancellationToken cancel)
    {
        var (method, path, body) = Call(act);
        using var request = new HttpRequestMessage(method, new Uri("api/v1" + path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (replaces)
            request.Headers.IfMatch.Add(System.Net.Http.Headers.EntityTagHeaderValue.Any);
        using var answer = await http.SendAsync(request, cancel).ConfigureAwait(false);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false)}");
    }

    /// <summary>What the server does not know as the scenario needs it; null when all is well.</summary>
    public async Task<string?> ObjectionAsync(ScenarioDevice device, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(new Uri("api/v1/devices/" + Uri.EscapeDataString(device.Id), UriKind.Relative), cancel).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return $"it does not know the device {device.Id}";
        }

        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        var (type, zone) = (Text(document, "type"), Text(document, "zone"));
        return type == device.Type && zone == device.Zone ? null : $"to it {device.Id} is a {type} in {zone}, not a {device.Type} in {device.Zone}";
    }

    private static (HttpMethod Method, string Path, JsonObject? Body) Call(SiteStep act) => act.Action switch
    {
        SiteAction.Permit => (HttpMethod.Post, $"/zones/{act.Zone}/permits", new JsonObject
        {
            ["id"] = act.Id,
            ["persons"] = new JsonArray([.. act.Persons.Select(person => (JsonNode)person)]),
            ["to"] = DateTimeOffset.FromUnixTimeMilliseconds(act.UntilMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        }),
        SiteAction.Revoke => (HttpMethod.Delete, $"/zones/{act.Zone}/permits/{act.Id}", null),
        SiteAction.GasTest => (HttpMethod.Post, $"/zones/{act.Zone}/gas-tests", new JsonObject { ["id"] = act.Id, ["person"] = act.Person, ["passed"] = true }),
        SiteAction.Unlock => (HttpMethod.Post, $"/zones/{act.Zone}/unlocks", new JsonObject { ["person"] = act.Person, ["device"] = act.Device }),
        SiteAction.Enter => (HttpMethod.Put, $"/persons/{act.Person}", new JsonObject { ["zone"] = act.Zone }),
        _ => (HttpMethod.Put, $"/persons/{act.Person}", new JsonObject { ["zone"] = null }),
    };

    private static string Text(JsonDocument document, string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
