using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>A step of an alert that the row caused.</summary>
/// <param name="Step">Id of the step: that of the alert, and its number.</param>
/// <param name="Subject">The device, or the zone of a rule about zones.</param>
/// <param name="Metrics">What the rule read.</param>
public sealed record TracedAlert(
    string Alert, string Step, string Rule, string Subject, AlertState State, Tier Tier, bool IsShadow, IReadOnlyList<string> Metrics);
