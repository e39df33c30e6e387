using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Endpoints;

/// <summary>What <c>/readings</c> is asked: metrics of devices in [from, to), as they were or in steps.</summary>
/// <param name="Metrics">Empty for all.</param>
/// <param name="StepMs">Null for the readings as they are.</param>
/// <param name="Worst">Readings of worse quality are left out.</param>
internal sealed record ReadingsSelection(
    IReadOnlyList<Device> Devices,
    IReadOnlyList<string> Metrics,
    long FromMs,
    long ToMs,
    long? StepMs,
    Quality Worst,
    bool WithProvenance)
{
    /// <summary>Bound on devices of one answer.</summary>
    public const int MaxDevices = 20_000;

    private const long DefaultSpanMs = 3_600_000;

    /// <summary>Null with a sentence for the caller when a parameter is not valid. Without times: the last hour.</summary>
    public static ReadingsSelection? Read(HttpRequest request, DeviceEngine engine, out string mistake)
    {
        var query = request.Query;
        var nowMs = engine.Clock.NowMs();
        var (step, worst) = (0L, Quality.Bad);
        var (stepText, qualityText, provenance) = (query["step"].ToString(), query["quality"].ToString(), query["provenance"].ToString());
        var devices = Find(query, engine, out mistake);
        mistake =
            mistake.Length > 0 ? mistake
            : !TryTime(query["to"], nowMs + 1, out var to) ? $"to must be {QueryTime.Expected}"
            : !TryTime(query["from"], to - DefaultSpanMs, out var from) ? $"from must be {QueryTime.Expected}"
            : from > to ? "from must not be later than to"
            : stepText.Length > 0 && (!DurationText.TryParse(stepText, out step) || step == 0) ? $"step must be {DurationText.Expected}"
            : qualityText.Length > 0 && !TryQuality(qualityText, out worst) ? "quality must be good, uncertain or bad"
            : provenance is not ("" or "true" or "false") ? "provenance must be true or false"
            : stepText.Length > 0 && (provenance == "true" || qualityText.Length > 0) ? "steps have no quality and no provenance: leave step out"
            : string.Empty;
        if (mistake.Length > 0)
            return null;
        TryTime(query["to"], nowMs + 1, out var toMs);
        TryTime(query["from"], toMs - DefaultSpanMs, out var fromMs);
        string[] metrics = [.. query["metric"].OfType<string>()];
        return new ReadingsSelection(devices, metrics, Math.Max(0, fromMs), toMs, stepText.Length > 0 ? step : null, worst, provenance == "true");
    }

    private static List<Device> Find(IQueryCollection query, DeviceEngine engine, out string mistake)
    {
        mistake = string.Empty;
        var (zone, type) = (query["zone"].ToString(), query["type"].ToString());
        var named = new List<Device>();
        foreach (var name in query["device"].OfType<string>())
        {
            if (engine.Registry.Devices.Find(name) is { } device)
                named.Add(device);
            else
                mistake = $"there is no device '{name}'";
        }

        if (named.Count == 0 && zone.Length == 0 && type.Length == 0 && mistake.Length == 0)
            mistake = "name devices by device (as often as you like), zone or type";
        var devices = (query.ContainsKey("device") ? named.Distinct() : engine.Registry.Devices.All())
            .Where(device => (zone.Length == 0 || device.Facts.Zone == zone) && (type.Length == 0 || device.Facts.Type == type))
            .Take(MaxDevices + 1)
            .ToList();
        if (devices.Count > MaxDevices)
            mistake = $"that is more than {MaxDevices} devices";
        return devices;
    }

    private static bool TryTime(string? text, long fallback, out long epochMs)
    {
        epochMs = fallback;
        return string.IsNullOrEmpty(text) || QueryTime.TryParse(text, out epochMs);
    }

    private static bool TryQuality(string text, out Quality quality)
    {
        (quality, var isKnown) = text switch
        {
            "good" => (Quality.Good, true),
            "uncertain" => (Quality.Uncertain, true),
            "bad" => (Quality.Bad, true),
            _ => (Quality.Bad, false),
        };
        return isKnown;
    }
}
