using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds the <c>duties</c> of an InfluxDB target.</summary>
internal static class InfluxDutiesBinder
{
    /// <summary>Null when duties are not to be written.</summary>
    public static DutyLines? Bind(YamlMap target)
    {
        if (target.Map("duties", "'duties'") is not { } map)
        {
            return null;
        }

        var defaults = DutyLines.Everything;
        var duties = new DutyLines(
            map.Has("measurement") ? map.RequiredString("measurement") ?? defaults.Measurement : defaults.Measurement,
            map.Has("steps") ? Steps(map) : defaults.Steps,
            Tags(map));
        map.Finish();
        return duties;
    }

    private static List<DutyStep> Steps(YamlMap map)
    {
        var steps = new List<DutyStep>();
        foreach (var name in map.Strings("steps"))
        {
            var step = DutyStepNames.All.ToList().IndexOf(name);
            if (step < 0)
            {
                var near = NearMiss.Hint(name, DutyStepNames.All);
                map.Diagnostics.Error(map.SpotOf("steps"), DiagnosticCodes.InvalidValue, $"there is no step '{name}' of a duty{near}", $"some of {string.Join(", ", DutyStepNames.All)}");
            }
            else
            {
                steps.Add((DutyStep)step);
            }
        }

        return steps;
    }

    private static List<TagRule> Tags(YamlMap map)
    {
        var tags = new List<TagRule>();
        foreach (var (key, value) in map.StringMap("tags"))
        {
            var tag = TagRule.Parse(key, value.Text);
            if (tag is not { Source: TagSource.Label or TagSource.Constant } || key.Length == 0 || DutyLines.OwnKeys.Contains(key))
            {
                map.Diagnostics.Error(
                    value.Spot, DiagnosticCodes.InvalidValue, $"the tag '{key}' is '{value.Text}'", "label:NAME or =TEXT, under a key that duties do not have themselves");
            }
            else
            {
                tags.Add(tag);
            }
        }

        return tags;
    }
}
