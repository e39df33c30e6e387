namespace Fengsui.Devices.Canary;

/// <summary>The names of <see cref="CanaryStage"/> in metrics, messages and the API.</summary>
public static class CanaryStageNames
{
    private static readonly string[] Names = ["none", "intake", "journal", "shard", "rule", "alert-log", "delivery"];

    /// <summary>Those that can fail.</summary>
    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this CanaryStage stage) => Names[(int)stage];
}
