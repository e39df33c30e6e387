using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>What the rules of a set cost in memory, known before the first reading: every window is bounded, and nothing grows.</summary>
public static class StateReport
{
    /// <summary>The rules that are not disabled, in the order of the set.</summary>
    /// <param name="profiles">Profiles of devices that there are; a rule is as large as for the one that makes it largest, and none needs to match.</param>
    public static IReadOnlyList<RuleStateSize> OfRules(RuleSet set, IReadOnlyCollection<DeviceProfile> profiles) =>
        [.. set.Rules.Where(rule => !rule.Disabled).Select(rule => OfRule(set, rule, profiles))];

    /// <summary>Bytes of all rules together on a device of each profile, shared parts once, without overrides. Metrics that no rule reads take 24 bytes each beside.</summary>
    public static IReadOnlyList<(DeviceProfile Profile, int Bytes)> OfProfiles(RuleSet set, IReadOnlyCollection<DeviceProfile> profiles) =>
        [.. profiles.Select(profile => (profile, RuleProgram.Compile(set, profile, new MetricTable()).StateBytes))];

    private static RuleStateSize OfRule(RuleSet set, Rule rule, IReadOnlyCollection<DeviceProfile> profiles)
    {
        var matching = profiles.Where(rule.Selector.Matches).DefaultIfEmpty(new DeviceProfile("", []));
        return matching.Select(profile => OfRule(set, rule, profile)).MaxBy(size => size.Bytes);
    }

    private static RuleStateSize OfRule(RuleSet set, Rule rule, DeviceProfile profile)
    {
        var program = RuleProgram.CompileOne(set, rule, profile, new MetricTable());
        return new RuleStateSize(rule.Id, program.StateBytes, program.FunctionBytes);
    }
}
