using Fengsui.Rules.Functions.Exposure;
using Fengsui.Rules.Functions.Geo;
using Fengsui.Rules.Functions.Schedules;
using Fengsui.Rules.Functions.Sequences;
using Fengsui.Rules.Functions.Silence;
using Fengsui.Rules.Functions.Windows;
using Fengsui.Rules.Functions.Zones;

namespace Fengsui.Rules.Functions;

/// <summary>Every function of the language by name.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, RuleFunction> ByName = All().ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public static RuleFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<RuleFunction> All() =>
    [
        .. PlainFunctions.All,
        .. ZoneFunctions.AlsoOfZone(WindowFunctions.All),
        .. SilenceFunctions.All,
        .. ExposureFunctions.All,
        .. FollowedFunction.All,
        .. ZoneFunctions.All,
        .. GeoFunctions.All,
        .. ScheduleFunctions.All,
    ];
}
