namespace Fengsui.Api.Configuration.Sections;

/// <summary>Logs on the console (standard error) and in files under the data directory.</summary>
public sealed class LogSection
{
    public LogLevel Level { get; internal set; } = LogLevel.Information;

    /// <summary>Whether <c>data/logs/fengsui-*.log</c> is written.</summary>
    public bool File { get; internal set; } = true;

    /// <summary>Size at which a day's file is continued in another.</summary>
    public long MaxFileBytes { get; internal set; } = 50L << 20;

    /// <summary>Files kept: two weeks of days.</summary>
    public int RetainedFiles { get; internal set; } = 14;
}
