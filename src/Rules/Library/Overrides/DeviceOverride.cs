using Fengsui.Rules.Library.Selection;

namespace Fengsui.Rules.Library.Overrides;

/// <summary>What is different for some devices.</summary>
internal sealed class DeviceOverride
{
    public required DeviceSelector Selector { get; init; }

    /// <summary>Whom <see cref="Disabled"/> and <see cref="ForMs"/> are about.</summary>
    public required RulePatterns Rules { get; init; }

    /// <summary>Own values of set-point tables, in the tables' units.</summary>
    public required IReadOnlyDictionary<string, double> SetPoints { get; init; }

    /// <summary>True switches the rules off, false on again where an override before it switched them off; null says nothing.</summary>
    public required bool? Disabled { get; init; }

    /// <summary>In place of the rules' own <c>for</c>; null says nothing.</summary>
    public required long? ForMs { get; init; }
}
