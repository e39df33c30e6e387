namespace Fengsui.Rules.Alerts;

/// <summary>The wire names of <see cref="AlertEventKind"/>, and what people read.</summary>
public static class AlertEventKindNames
{
    private static readonly (string Name, string Chinese)[] Names =
    [
        ("", ""),
        ("acknowledged", "已确认"),
        ("assigned", "已指派"),
        ("shelved", "已搁置"),
        ("unshelved", "已取消搁置"),
        ("disposal-begun", "开始处置"),
        ("disposal-confirmed", "处置已确认"),
        ("disposed", "已处置"),
        ("verified", "已核验"),
        ("closed", "已关闭"),
        ("reopened", "已重新打开"),
        ("reminder", "催办"),
        ("escalated", "已升级上报"),
        ("overdue", "已逾期"),
        ("customs-restriction", "海关限制"),
        ("restriction-lifted", "限制已解除"),
        ("flapping", "频繁抖动"),
        ("steady", "恢复稳定"),
        ("flood-began", "告警泛滥开始"),
        ("flood-ended", "告警泛滥结束"),
        ("released", "已放行"),
    ];

    /// <summary>In the order of the enumeration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Skip(1).Select(name => name.Name)];

    public static string Name(this AlertEventKind kind) => Names[(int)kind].Name;

    public static string ChineseName(this AlertEventKind kind) => Names[(int)kind].Chinese;

    /// <exception cref="FormatException">There is no such kind.</exception>
    public static AlertEventKind Parse(string name)
    {
        for (var kind = 1; kind < Names.Length; kind++)
        {
            if (Names[kind].Name == name)
            {
                return (AlertEventKind)kind;
            }
        }

        throw new FormatException($"no alert event is named '{name}'");
    }
}
