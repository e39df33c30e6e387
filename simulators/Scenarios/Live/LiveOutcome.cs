using Fengsui.Devices.Alerts;

namespace Fengsui.Scenarios.Live;

/// <summary>What came of a live run.</summary>
/// <param name="Sent">Messages and calls that went out.</param>
/// <param name="Refused">Of them, those that the server did not take, with its words; at most <see cref="MaxTold"/>.</param>
/// <param name="Steps">Every step of every alert that came while it ran, those of other devices included.</param>
public sealed record LiveOutcome(long Sent, IReadOnlyList<string> Refused, IReadOnlyList<AlertTransition> Steps)
{
    public const int MaxTold = 100;
}
