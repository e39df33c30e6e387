using Fengsui.Rules.Model;

namespace Fengsui.Rules.Import;

/// <summary>Which tier stands for a severity of another system. Names are compared without regard to case.</summary>
public sealed class SeverityMap
{
    private readonly Dictionary<string, Tier> _tiers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = Tier.General,
        ["info"] = Tier.General,
        ["indeterminate"] = Tier.General,
        ["low"] = Tier.General,
        ["minor"] = Tier.General,
        ["warning"] = Tier.General,
        ["warn"] = Tier.General,
        ["medium"] = Tier.Significant,
        ["average"] = Tier.Significant,
        ["major"] = Tier.Significant,
        ["error"] = Tier.Significant,
        ["high"] = Tier.Major,
        ["critical"] = Tier.Major,
        ["page"] = Tier.Major,
        ["emergency"] = Tier.Major,
        ["disaster"] = Tier.Major,
    };

    /// <summary>Takes an assignment such as <c>warning=significant</c>. False when it is none.</summary>
    public bool TrySet(string assignment)
    {
        var parts = assignment.Split('=');
        if (parts.Length != 2 || parts[0].Length == 0 || !TierNames.TryParse(parts[1], out var tier))
        {
            return false;
        }

        _tiers[parts[0]] = tier;
        return true;
    }

    /// <summary><see cref="Tier.None"/> when nobody said.</summary>
    public Tier Find(string severity) => _tiers.GetValueOrDefault(severity);
}
