namespace Fengsui.Rules.Lint;

/// <summary>Rules that do the same as another one, so that every alert comes twice.</summary>
internal sealed class TwinCheck : IRuleCheck
{
    private readonly Dictionary<(string, string, bool), Rule> _seen = [];

    public void Check(LintedRule rule)
    {
        var key = (rule.Rule.Fingerprint, rule.Rule.Selector.ToString(), rule.Rule.IsZoneScope);
        if (!_seen.TryAdd(key, rule.Rule) && _seen[key].Shadow == rule.Rule.Shadow)
        {
            var first = _seen[key];
            rule.Warn(rule.Rule.Spot, LintCodes.DuplicateRule, $"'{rule.Rule.Id}' says the same of the same devices as '{first.Id}' in {first.Spot.File}:{first.Spot.Line}");
        }
    }
}
