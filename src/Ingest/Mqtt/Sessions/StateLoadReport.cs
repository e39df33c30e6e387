namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>For the host's log: what was loaded, or why the file was set aside and where to (null when even that failed).</summary>
public sealed record StateLoadReport(StateLoadOutcome Outcome, int Sessions, int RetainedMessages, string? SetAsidePath);
