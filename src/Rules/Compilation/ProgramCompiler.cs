using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>Lays out slots and compiles the levels of the selected rules.</summary>
internal static class ProgramCompiler
{
    public const int IdentityBytes = 16;

    public static RuleProgram Compile(IReadOnlyList<Rule> rules, MetricTable metrics)
    {
        var layout = new SlotLayout();
        var levels = new List<CompiledLevel>();
        var compiled = new CompiledRule[rules.Count];
        int SlotOf(string metric) => layout.SlotFor(metrics.Declare(metric));
        for (var i = 0; i < compiled.Length; i++)
        {
            var rule = rules[i];
            var first = levels.Count;
            levels.AddRange(rule.Levels.Select(level => Compile(level, SlotOf)));
            compiled[i] = new CompiledRule(rule, levels[first].Condition, first, [.. rule.Metrics.Select(SlotOf)], IdentityOf(rule));
        }

        return new RuleProgram(rules, compiled, [.. levels], layout);
    }

    private static CompiledLevel Compile(RuleLevel level, Func<string, int> slotOf)
    {
        CompiledCondition? clear = level.Clear is null ? null : ConditionCompiler.Compile(level.Clear, slotOf);
        return new CompiledLevel(level, ConditionCompiler.Compile(level.Condition, slotOf), clear);
    }

    private static byte[] IdentityOf(Rule rule) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(rule.Id + "\n" + rule.Fingerprint))[..IdentityBytes];
}
