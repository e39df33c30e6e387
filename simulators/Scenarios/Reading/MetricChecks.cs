using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Scenarios.Reading;

/// <summary>A timeline or a truth that names a metric which its devices do not have would silently be about nothing.</summary>
internal static class MetricChecks
{
    /// <summary>Quantities that whatever drives has: its speed (km/h), and how far beside the line it is (m, to the right).</summary>
    public static IReadOnlyList<string> OfDriving { get; } = ["speed", "offset"];

    public static void Check(YamlMap file, Scenario scenario, ScenarioNames names)
    {
        foreach (var happening in scenario.Timeline)
        {
            switch (happening)
            {
                case Ramp ramp:
                    Check(file, "timeline", scenario, names, ramp.Of, ramp.Metric);
                    break;
                case StateChange change:
                    Check(file, "timeline", scenario, names, change.Of, change.Metric);
                    break;
                case Plume plume:
                    Check(file, "timeline", scenario, names, plume.Zone, plume.Metric);
                    CheckPlaces(file, scenario, plume);
                    break;
                case Fault { Metric: { } metric } fault:
                    Check(file, "timeline", scenario, names, fault.Of, metric);
                    break;
            }
        }

        foreach (var device in scenario.Devices.Where(device => device.Sends.By == WireForm.Ble))
        {
            foreach (var value in device.Values.Where(value => !AdvertBody.Objects.ContainsKey(value.Metric)))
            {
                file.Diagnostics.Error(file.SpotOf("devices"), DiagnosticCodes.InvalidValue, $"{device.Id} cannot say '{value.Metric}' in an advert", string.Join(", ", AdvertBody.Objects.Keys));
            }
        }

        foreach (var truth in scenario.Truth.Where(truth => truth.When is not null))
        {
            Check(file, "truth", scenario, names, truth.Of, truth.When!.Metric);
        }
    }

    private static void CheckPlaces(YamlMap file, Scenario scenario, Plume plume)
    {
        if (!scenario.Devices.Any(device => device.Zone == plume.Zone && device.Place is not null))
        {
            file.Diagnostics.Error(file.SpotOf("timeline"), DiagnosticCodes.MissingKey, $"the plume in {plume.Zone} reaches no device: none there has a place", "place: { east, north } of a device");
        }
    }

    private static void Check(YamlMap file, string section, Scenario scenario, ScenarioNames names, string of, string metric)
    {
        var subjects = names.Words.TryGetValue(of, out var words) ? words : [of];
        foreach (var subject in subjects)
        {
            var devices = scenario.Devices.Where(device => device.Id == subject || device.Zone == subject || device.Sends.Gateways.Contains(subject)).ToList();
            var metrics = devices.SelectMany(device => device.Values.Select(value => value.Metric).Concat(device.Route is null ? [] : OfDriving)).Distinct().ToList();
            if (devices.Count > 0 && !metrics.Contains(metric))
            {
                file.Diagnostics.Error(file.SpotOf(section), DiagnosticCodes.UnknownName, $"'{metric}' is no metric of {subject}{NearMiss.Hint(metric, metrics)}", "one of " + string.Join(", ", metrics));
            }
        }
    }
}
