namespace Fengsui.Scenarios.Scoring;

/// <summary>How well one rule did.</summary>
/// <param name="Due">Episodes that called for an alert.</param>
/// <param name="Found">Of them, those that were told rightly: in time, with the tier, and ended in time.</param>
/// <param name="Fired">Alerts that are judged.</param>
/// <param name="Right">Of them, those that an episode called for.</param>
/// <param name="Undecided">Alerts of episodes that may be told or not; they count neither way.</param>
/// <param name="Quiet">Whiles in which something came near and nothing was to be told.</param>
/// <param name="Disturbed">Of them, those in which something was told.</param>
/// <param name="DelaysMs">Of what was found, in order.</param>
/// <param name="DeviceDays">Over which false alarms are spread.</param>
public sealed record RuleScore(
    string Rule, int Due, int Found, int Fired, int Right, int Undecided, int Quiet, int Disturbed, IReadOnlyList<long> DelaysMs, double DeviceDays)
{
    /// <summary>Share of what was due that was found; 1 when nothing was.</summary>
    public double Recall => Due == 0 ? 1 : Found / (double)Due;

    /// <summary>Share of what was told that was right; 1 when nothing was told.</summary>
    public double Precision => Fired == 0 ? 1 : Right / (double)Fired;

    public int FalseAlarms => Fired - Right;

    public double FalseAlarmsPerDeviceDay => DeviceDays == 0 ? 0 : FalseAlarms / DeviceDays;

    /// <summary>The least delay that the share <paramref name="quantile"/> of all does not exceed, ms; null when nothing was found.</summary>
    public long? Delay(double quantile) =>
        DelaysMs.Count == 0 ? null : DelaysMs[Math.Clamp((int)Math.Ceiling(quantile * DelaysMs.Count) - 1, 0, DelaysMs.Count - 1)];

    /// <summary>Several runs, or several rules, taken together.</summary>
    /// <param name="rule">What they are called together.</param>
    /// <param name="isSameTime">Whether they were judged over the same devices and times: device-days then count once.</param>
    public static RuleScore Sum(string rule, IReadOnlyList<RuleScore> scores, bool isSameTime) => new(
        rule,
        scores.Sum(score => score.Due),
        scores.Sum(score => score.Found),
        scores.Sum(score => score.Fired),
        scores.Sum(score => score.Right),
        scores.Sum(score => score.Undecided),
        scores.Sum(score => score.Quiet),
        scores.Sum(score => score.Disturbed),
        [.. scores.SelectMany(score => score.DelaysMs).Order()],
        scores.Count == 0 ? 0 : isSameTime ? scores.Max(score => score.DeviceDays) : scores.Sum(score => score.DeviceDays));
}
