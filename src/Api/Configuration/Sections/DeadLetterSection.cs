namespace Fengsui.Api.Configuration.Sections;

/// <summary>The store of inputs that were refused. At the bound the oldest goes and is counted.</summary>
public sealed class DeadLetterSection
{
    /// <summary>Enough to see what a broken gateway does, not so many that it hides the others.</summary>
    public int MaxCount { get; internal set; } = 10_000;

    public long MaxBytes { get; internal set; } = 64 << 20;
}
