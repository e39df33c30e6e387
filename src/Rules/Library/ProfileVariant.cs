using Fengsui.Rules.Library.Maintenance;
using Fengsui.Rules.Library.Overrides;

namespace Fengsui.Rules.Library;

/// <summary>The overrides and maintenance windows of one rule set that are for some device. Devices with equal ones share a program.</summary>
/// <param name="key">Says which they are: equal keys, equal variants.</param>
internal sealed class ProfileVariant(string key, IReadOnlyList<DeviceOverride> overrides, IReadOnlyList<MaintenanceWindow> windows)
{
    public static ProfileVariant None { get; } = new("", [], []);

    public string Key { get; } = key;

    /// <summary>The device's own value of a table; null when it has none. The latest override holds.</summary>
    public double? SetPointOf(string table)
    {
        for (var i = overrides.Count - 1; i >= 0; i--)
        {
            if (overrides[i].SetPoints.TryGetValue(table, out var value))
            {
                return value;
            }
        }

        return null;
    }

    public bool IsDisabled(string ruleId) =>
        overrides.LastOrDefault(item => item.Disabled is not null && item.Rules.Match(ruleId))?.Disabled ?? false;

    /// <summary>In place of the rule's own <c>for</c>, ms; null when it stays.</summary>
    public long? ForMsOf(string ruleId) =>
        overrides.LastOrDefault(item => item.ForMs is not null && item.Rules.Match(ruleId))?.ForMs;

    public RestTimes? RestOf(string ruleId) => RestTimes.Of(windows.Where(window => window.Rules.Match(ruleId)));
}
