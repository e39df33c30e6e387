namespace Fengsui.Devices.Canary;

/// <summary>The names of <see cref="CanaryStage"/> in metrics, messages and the API.</summary>
public static class CanaryStageNames
{
    /// <summary>The rounds themselves do not end: whoever sends the canary is what is broken.</summary>
    public const string Rounds = "rounds";

    private static readonly string[] Names = ["none", "intake", "journal", "shard", "rule", "alert-log", "delivery"];
    private static readonly string[] ChineseNames = ["无", "接入", "日志", "分片", "规则", "告警日志", "投递"];

    /// <summary>Those that can fail.</summary>
    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this CanaryStage stage) => Names[(int)stage];

    /// <summary>Of a name; what has none is given as it is.</summary>
    public static string ChineseName(string name) => name == Rounds ? "巡检" : Array.IndexOf(Names, name) is >= 0 and var at ? ChineseNames[at] : name;
}
