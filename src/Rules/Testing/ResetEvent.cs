namespace Fengsui.Rules.Testing;

/// <summary>A person has seen to an alert that holds until it is reset.</summary>
/// <param name="Rule">Its id: <c>group/Alert</c>.</param>
/// <param name="Device">Whose alert; empty when it is the zone's.</param>
public sealed record ResetEvent(long AtMs, string Zone, string Rule, string Device) : TestEvent(AtMs);
