namespace Fengsui.Rules.Alerts.Noise;

/// <summary>Who speaks for whom, as far as it cannot be seen from where each alert stands.</summary>
public sealed record NoiseImage(
    IReadOnlyList<GroupImage> Groups, IReadOnlyList<FloodImage> Floods, IReadOnlyList<ExplainedImage> Explained, IReadOnlyList<string> Orphans);
