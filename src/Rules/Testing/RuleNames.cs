using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Testing;

/// <summary>Finds rules by the names that tests give them.</summary>
public sealed class RuleNames
{
    private readonly Dictionary<string, string> _byId;
    private readonly ILookup<string, string> _byAlert;

    public RuleNames(IReadOnlyList<Rule> rules)
    {
        _byId = rules.ToDictionary(rule => rule.Id, rule => rule.Id, StringComparer.Ordinal);
        _byAlert = rules.ToLookup(rule => rule.Alert, rule => rule.Id, StringComparer.Ordinal);
    }

    /// <summary>Says what is wrong with every name of a test.</summary>
    public void Check(RuleTest test, DiagnosticBag diagnostics)
    {
        foreach (var reference in test.Rules.Concat(test.Alerts.Select(alert => alert.Rule)).Concat((test.Transitions ?? []).Select(step => step.Rule)))
        {
            if (Find(reference) is not null)
            {
                continue;
            }

            string[] same = [.. _byAlert[reference.Name]];
            if (same.Length > 1)
            {
                diagnostics.Error(reference.Spot, DiagnosticCodes.InvalidValue, $"several rules are named '{reference.Name}'", "one of " + string.Join(", ", same));
            }
            else
            {
                var hint = NearMiss.Hint(reference.Name, reference.Name.Contains('/', StringComparison.Ordinal) ? _byId.Keys : _byAlert.Select(alert => alert.Key));
                diagnostics.Error(reference.Spot, DiagnosticCodes.InvalidValue, $"the rule files have no rule '{reference.Name}'{hint}", "group/Alert, or the alert's name");
            }
        }
    }

    /// <summary>The rule's id; null when there is none, or more than one of this name.</summary>
    public string? Find(RuleReference reference)
    {
        if (_byId.TryGetValue(reference.Name, out var id))
        {
            return id;
        }

        string[] same = [.. _byAlert[reference.Name]];
        return same.Length == 1 ? same[0] : null;
    }
}
