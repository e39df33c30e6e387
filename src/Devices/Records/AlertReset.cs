using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Records;

/// <summary>A person has seen to an alert that holds until it is reset.</summary>
/// <param name="Rule">Group and name of the rule.</param>
/// <param name="Device">Whose alert; empty when it is the zone's.</param>
public sealed record AlertReset(string Id, string Rule, string Device) : SiteFact(Id);
