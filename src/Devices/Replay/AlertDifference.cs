namespace Fengsui.Devices.Replay;

/// <summary>An alert that is not the same under other rules.</summary>
/// <param name="Did">What fired; null when nothing did.</param>
/// <param name="Would">What would have fired; null when nothing would.</param>
public sealed record AlertDifference(AlertEpisode? Did, AlertEpisode? Would)
{
    public string Rule => (Would ?? Did)!.Rule;

    public string Subject => (Would ?? Did)!.Subject;

    /// <summary>By how much later it would have fired, ms of event time; negative is earlier. 0 unless both fired.</summary>
    public long LaterMs => Did is null || Would is null ? 0 : Would.FiredMs - Did.FiredMs;
}
