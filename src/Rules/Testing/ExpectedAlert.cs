using Fengsui.Rules.Model;

namespace Fengsui.Rules.Testing;

/// <summary>An alert that must be firing. Labels and annotations that are given must be so; others may be there.</summary>
/// <param name="Subject">The device, or the zone of a rule about zones.</param>
public sealed record ExpectedAlert(
    string Subject,
    Tier Tier,
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    IReadOnlyList<KeyValuePair<string, string>> Annotations);
