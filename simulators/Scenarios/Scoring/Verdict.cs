using Fengsui.Scenarios.Truth;

namespace Fengsui.Scenarios.Scoring;

/// <summary>What became of one episode of the truth, or of one alert that belongs to none.</summary>
/// <param name="Episode">Null for an alert that nothing called for.</param>
/// <param name="Alert">Null for an episode that nobody told.</param>
/// <param name="Mistake">What is wrong, for people; empty when all is right.</param>
public sealed record Verdict(TruthEpisode? Episode, ReceivedAlert? Alert, string Mistake)
{
    public bool IsRight => Mistake.Length == 0;

    public string Rule => Episode?.Rule ?? Alert!.Rule;

    public string Subject => Episode?.Subject ?? Alert!.Subject;

    /// <summary>From the truth's beginning to the alert, ms; null unless both are there.</summary>
    public long? DelayMs => Episode is { } episode && Alert is { } alert ? alert.FiredMs - episode.BeginMs : null;
}
