namespace Fengsui.Devices.RuleSets;

/// <summary>What became of a rule from one version to another.</summary>
public enum RuleChangeKind
{
    Added,
    Removed,

    /// <summary>It means something else: its state begins anew, and what it had firing resolves.</summary>
    Changed,

    /// <summary>Texts, labels or the devices it is for; its state is kept.</summary>
    Edited,

    /// <summary>It goes on without telling anybody.</summary>
    Shadowed,

    /// <summary>Out of shadow.</summary>
    Promoted,
}
