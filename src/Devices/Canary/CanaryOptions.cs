namespace Fengsui.Devices.Canary;

/// <summary>How often the canary is sent, and how long it may take.</summary>
public sealed record CanaryOptions
{
    /// <summary>From one round to the next. 1 minute: what is broken is known before the shortest due time is felt.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For a raise, and again for a clear. 10 s: far above what a storm of alerts takes, and far below what a person would wait.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long shards are asked where the canary stayed. 1 s.</summary>
    public TimeSpan AskPatience { get; init; } = TimeSpan.FromSeconds(1);
}
