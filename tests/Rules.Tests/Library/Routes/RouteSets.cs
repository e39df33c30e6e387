using Xunit;

namespace Fengsui.Rules.Tests.Library.Routes;

/// <summary>Route files from the few words that matter to a test.</summary>
internal static class RouteSets
{
    /// <summary>Each feature begins a line, from the third on.</summary>
    public static string Collection(params string[] features) => "{\"type\":\"FeatureCollection\",\n\"features\":[\n" + string.Join(",\n", features) + "]}";

    public static string Feature(string properties, string type, string coordinates) =>
        $"{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"{type}\",\"coordinates\":{coordinates}}}}}";

    public static RuleSet Parse(params string[] routeFiles) => WithRules("", routeFiles);

    /// <param name="rules">A rule file; nothing when blank.</param>
    public static RuleSet WithRules(string rules, params string[] routeFiles)
    {
        var files = routeFiles.Select((text, index) => new RuleFile($"routes/{index}.geojson", text)).ToList();
        if (rules.Length > 0)
        {
            files.Add(new RuleFile("rules/a.yaml", rules));
        }

        var result = RuleSet.Parse(files);
        Assert.True(result.RuleSet is not null, string.Join('\n', result.Diagnostics));
        return result.RuleSet;
    }
}
