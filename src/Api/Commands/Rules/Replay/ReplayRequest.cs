namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>What was asked of <c>rules replay</c>.</summary>
/// <param name="File">A file of readings in place of the journal of <paramref name="Data"/>; null for the journal.</param>
internal sealed record ReplayRequest(
    string Rules, string Data, string? File, long? FromMs, long? ToMs, TimeSpan WarmUp, string? Plot, string? Alerts, bool Json, bool ExitZero);
