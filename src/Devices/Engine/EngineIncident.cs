namespace Fengsui.Devices.Engine;

/// <summary>Something that was survived and must be known.</summary>
/// <param name="Part">The room it happened in: journal, snapshots, alerts, history, dead-letters, shard.</param>
public sealed record EngineIncident(string Part, string Message, Exception? Cause = null);
