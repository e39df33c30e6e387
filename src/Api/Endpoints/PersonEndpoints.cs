using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Zones;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/persons</c> and <c>/persons/{name}</c>: who is where. A person is the device <c>person/NAME</c> of type person.</summary>
internal static class PersonEndpoints
{
    /// <summary>In the order of declaration; <c>?zone=</c> restricts.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var zone = context.Request.Query["zone"].ToString();
        var after = page.After is null ? -1 : engine.Registry.Devices.Find(ZoneState.PersonPrefix + page.After)?.Id ?? int.MaxValue - 1;
        var found = engine.Registry.Devices.All().Where(device =>
            device.Id > after && IsPerson(device) && (zone.Length == 0 || device.Facts.Zone == zone));
        return Listing.WriteAsync(context, page, found, NameOf, (json, device) => Write(json, device, CallerView.Of(context)));
    }

    public static Task ShowAsync(HttpContext context, DeviceEngine engine) =>
        engine.Registry.Devices.Find(ZoneState.PersonPrefix + (string)context.Request.RouteValues["name"]!) is { } device && IsPerson(device)
            ? Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, device, CallerView.Of(context)))
            : Problem.WriteAsync(context, StatusCodes.Status404NotFound, "nobody of this name has been in a zone");

    /// <summary><c>{"zone": "tank-7"}</c> when they enter, <c>{"zone": null}</c> when they leave.</summary>
    public static async Task MoveAsync(HttpContext context, DeviceEngine engine)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var zone = body.Text("zone", isRequired: false);
            _ = IsName(name) || body.Mistake("the name in the path", "must be 1 to 100 characters without / + # and control characters", false);
            if (!await body.IsRightAsync(context) || (zone.Length > 0 && await SiteRequest.KnownAsync(context, engine, zone) is null))
            {
                return;
            }

            if (!await engine.Site.MoveAsync(name, zone.Length == 0 ? null : zone, context.RequestAborted))
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "there is no room for another device (max_devices)");
                return;
            }

            await ShowAsync(context, engine);
        }
    }

    private static bool IsPerson(Device device) =>
        device.Facts.Type == ZoneState.PersonType && device.Name.StartsWith(ZoneState.PersonPrefix, StringComparison.Ordinal);

    private static string NameOf(Device device) => device.Name[ZoneState.PersonPrefix.Length..];

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && !name.Any(character => character is '/' or '+' or '#' || char.IsControl(character));

    private static void Write(Utf8JsonWriter json, Device device, CallerView view) => view.WriteObject(json, "persons", device.Facts.Zone, NameOf(device), whole =>
    {
        whole.WriteString("name", NameOf(device));
        whole.WriteString("device", device.Name);
        whole.WriteString("zone", device.Facts.Zone == DeviceFacts.DefaultZone ? null : device.Facts.Zone);
    });
}
