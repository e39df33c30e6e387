namespace Fengsui.Rules.Testing;

/// <summary>Bounds on a file of unit tests, so that a slip of the pen does not run for a day.</summary>
public static class RuleTestLimits
{
    /// <summary>Samples of one series: eleven days at one a second.</summary>
    public const int MaxSamples = 1_000_000;

    /// <summary>Ticks of one test: a month at one a second.</summary>
    public const long MaxTicks = 3_000_000;
}
