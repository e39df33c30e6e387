namespace Fengsui.Devices.History.Embedded;

/// <summary>One thing that went wrong with a file of the store, for the log and the health page.</summary>
public sealed record HistoryIncident(HistoryIncidentKind Kind, string File, string Detail);
