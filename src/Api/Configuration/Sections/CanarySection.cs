namespace Fengsui.Api.Configuration.Sections;

/// <summary>The built-in device that proves the path from a reading to an alert.</summary>
public sealed class CanarySection
{
    public bool Enabled { get; internal set; } = true;

    /// <summary>From one round to the next, and from the start to the first.</summary>
    public TimeSpan Interval { get; internal set; } = TimeSpan.FromMinutes(1);

    /// <summary>For a raise, and again for a clear: far above what a storm of alerts takes, far below what a person would wait.</summary>
    public TimeSpan Deadline { get; internal set; } = TimeSpan.FromSeconds(10);
}
