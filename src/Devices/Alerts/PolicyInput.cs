using Fengsui.Rules;

namespace Fengsui.Devices.Alerts;

/// <summary>Other rules are in force, and with them other duties: before everything that the change did to alerts.</summary>
internal sealed record PolicyInput(long Position, RuleSet Rules) : AlertInput(Position, -1);
