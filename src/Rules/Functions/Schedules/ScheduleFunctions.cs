namespace Fengsui.Rules.Functions.Schedules;

/// <summary>Functions over schedules.</summary>
internal static class ScheduleFunctions
{
    public static IEnumerable<RuleFunction> All { get; } = [new DuringFunction()];
}
