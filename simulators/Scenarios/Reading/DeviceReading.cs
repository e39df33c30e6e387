using System.Buffers;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>Reads zones, routes and devices.</summary>
internal static class DeviceReading
{
    private const string Subject = "a name without spaces / + # and quotes";

    private static readonly SearchValues<char> NotInIds = SearchValues.Create(" /+#\"'");
    private static readonly KeyValuePair<string, WireForm>[] Forms = [new("mqtt", WireForm.Mqtt), new("ble", WireForm.Ble), new("jt808", WireForm.Jt808)];

    public static IReadOnlyList<ScenarioZone> Zones(this YamlMap file, ScenarioNames names)
    {
        var zones = new List<ScenarioZone>();
        foreach (var map in file.Maps("zones", "a zone"))
        {
            zones.Add(new ScenarioZone(Declare(map, names.Zones), Labels(map)));
            map.Finish();
        }

        return zones;
    }

    public static IReadOnlyList<ScenarioRoute> Routes(this YamlMap file, ScenarioNames names)
    {
        var routes = new List<ScenarioRoute>();
        foreach (var map in file.Maps("routes", "a route"))
        {
            var id = Declare(map, names.Routes);
            var points = map.Strings("points").Select(text => Point(map, text)).ToList();
            if (points.Count < 2)
            {
                map.Diagnostics.Error(map.SpotOf("points"), DiagnosticCodes.InvalidValue, "a line needs two points", "a list of 'latitude longitude'");
            }

            routes.Add(new ScenarioRoute(id, map.Number("width_m", 60, 1, 10_000), points, map.OptionalAmount("opens", names), map.OptionalAmount("closes", names)));
            map.Finish();
        }

        return routes;
    }

    public static IReadOnlyList<ScenarioDevice> Devices(this YamlMap file, ScenarioNames names) =>
        [.. file.RequiredMaps("devices", "a device").Select(map => Device(map, names))];

    private static ScenarioDevice Device(YamlMap map, ScenarioNames names)
    {
        var device = new ScenarioDevice
        {
            Id = Declare(map, names.Devices),
            Type = map.RequiredString("type") ?? "",
            Zone = map.Has("zone") ? map.Named("zone", names.Zones, "a zone of this file") : "default",
            Labels = Labels(map),
            Sends = Sends(map, names),
            Values = Values(map, names),
            Place = map.Map("place", "a place") is { } place ? Place(place) : null,
            Route = map.Has("drives") ? map.Named("drives", names.Routes, "a route of this file") : null,
            PositionNoise = map.Amount("position_noise", names),
        };
        map.Finish();
        if (device.Sends.By == WireForm.Jt808 != (device.Route is not null))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.Conflict, "what drives reports by jt808, and only that", "drives: ROUTE with by: jt808");
        }

        return device;
    }

    private static SendPlan Sends(YamlMap device, ScenarioNames names)
    {
        var none = new SendPlan { By = WireForm.Mqtt, Gateways = [], Every = Amount.Constant(1) };
        if (device.RequiredNode("sends") is null || device.Map("sends", "'sends'") is not { } map)
        {
            return none;
        }

        var plan = none with
        {
            By = map.Choice("by", WireForm.Mqtt, Forms),
            Gateways = map.StringOrList("gateway"),
            Every = map.RequiredAmount("every", names),
            Jitter = map.Amount("jitter", names),
            Delay = map.Amount("delay", names),
            Duplicates = map.Share("duplicates"),
            Late = map.Share("late"),
            LateBy = map.Amount("late_by", names),
            Address = map.String("address", "")!,
        };
        foreach (var gateway in plan.Gateways)
        {
            names.Gateways.Add(gateway);
        }

        if (plan.By != WireForm.Jt808 && plan.Gateways.Count == 0)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, $"{map.What} needs the key 'gateway'", "the client that publishes");
        }

        if (plan.By == WireForm.Mqtt != (plan.Address.Length == 0))
        {
            map.Diagnostics.Error(map.SpotOf("address"), DiagnosticCodes.Conflict, "a phone number belongs to jt808, a Bluetooth address to ble", "address with by: jt808 or ble");
        }

        map.Finish();
        return plan;
    }

    private static List<ValuePlan> Values(YamlMap device, ScenarioNames names)
    {
        var values = new List<ValuePlan>();
        if (device.Map("values", "'values'") is not { } section)
        {
            return values;
        }

        foreach (var metric in section.Keys)
        {
            if (section.Node(metric.Text) is YamlScalar scalar)
            {
                var isCounter = scalar.Text == "counter";
                var amount = isCounter ? Amount.Zero : ScenarioMap.Read(section.Diagnostics, scalar, $"'{metric.Text}'", names) ?? Amount.Zero;
                values.Add(new ValuePlan(metric.Text, amount, Amount.Zero, 0, isCounter));
            }
            else if (section.Map(metric.Text, "a value") is { } map)
            {
                values.Add(new ValuePlan(metric.Text, map.RequiredAmount("is", names), map.Amount("noise", names), map.Number("resolution", 0, 0), false));
                map.Finish();
            }
        }

        return values;
    }

    private static (double East, double North) Place(YamlMap map)
    {
        var place = (map.Number("east", 0), map.Number("north", 0));
        map.Finish();
        return place;
    }

    private static List<KeyValuePair<string, string>> Labels(YamlMap map) =>
        [.. map.StringMap("labels").Select(label => KeyValuePair.Create(label.Key, label.Value.Text))];

    private static (double Latitude, double Longitude) Point(YamlMap map, string text)
    {
        var parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (parts.Length == 2 && double.TryParse(parts[0], invariant, out var latitude) && double.TryParse(parts[1], invariant, out var longitude)
            && Math.Abs(latitude) < 85 && Math.Abs(longitude) <= 180)
        {
            return (latitude, longitude);
        }

        map.Diagnostics.Error(map.SpotOf("points"), DiagnosticCodes.InvalidValue, $"'{text}' is no place", "latitude and longitude in degrees: '30.88 121.60'");
        return default;
    }

    private static string Declare(YamlMap map, HashSet<string> known)
    {
        var id = map.RequiredString("id") ?? "";
        if (id.AsSpan().IndexOfAny(NotInIds) >= 0)
        {
            map.Diagnostics.Error(map.SpotOf("id"), DiagnosticCodes.InvalidValue, $"'{id}' cannot be an id", Subject);
        }
        else if (id.Length > 0 && !known.Add(id))
        {
            map.Diagnostics.Error(map.SpotOf("id"), DiagnosticCodes.DuplicateName, $"'{id}' is declared already", "another id");
        }

        return id;
    }
}
