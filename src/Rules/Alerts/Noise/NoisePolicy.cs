namespace Fengsui.Rules.Alerts.Noise;

/// <summary>All of <c>noise:</c>. What no file asks for is not done.</summary>
public sealed record NoisePolicy
{
    public static NoisePolicy None { get; } = new();

    public FlapPolicy? Flapping { get; init; }

    public GroupPolicy? Grouping { get; init; }

    public FloodPolicy? Flood { get; init; }

    internal IReadOnlyList<InhibitRule> Inhibit { get; init; } = [];
}
