using Fengsui.Rules;

namespace Fengsui.Devices.Alerts;

/// <summary>One step of a rule on one device or zone, those before an alert included. For explaining; the live engine keeps alerts only.</summary>
/// <param name="Rule">Group and name of the rule.</param>
/// <param name="Subject">The device, or the zone of a rule about zones.</param>
/// <param name="EventTimeMs">Event time of what caused it, ms since 1970 UTC.</param>
/// <param name="StartTimeMs">Since when the condition holds, ms since 1970 UTC.</param>
/// <param name="ReceiveTimeMs">Journal time of what caused it, ms since 1970 UTC.</param>
/// <param name="Alert">What is logged; null for pending and cancelled steps.</param>
public sealed record RuleStep(
    TransitionKind Kind,
    string Rule,
    string Subject,
    long EventTimeMs,
    long StartTimeMs,
    long ReceiveTimeMs,
    long JournalPosition,
    int JournalIndex,
    AlertTransition? Alert);
