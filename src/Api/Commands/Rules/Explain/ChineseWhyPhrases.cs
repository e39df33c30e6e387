using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <inheritdoc/>
internal sealed class ChineseWhyPhrases : WhyPhrases
{
    public override string Unknown => "未知";

    public override string Fired => "因此触发告警";

    public override string Ended => "因此解除告警";

    public override string Rose(Tier from, Tier to) => $"因此级别由{from.ChineseName()}升为{to.ChineseName()}";

    public override string Fell(Tier from, Tier to) => $"因此级别由{from.ChineseName()}降为{to.ChineseName()}";

    public override string Began(string expression, string time, string read, string wanted) =>
        $"{time}，条件 `{expression}` 开始成立{read}{(wanted.Length > 0 ? $"，须持续 {wanted}" : "")}。";

    public override string WasTrue(string expression, string time, string read, string so) => $"{time}，条件 `{expression}` 成立{read}，{so}。";

    public override string HeldFor(string expression, string since, string time, string gap, string wanted, string read, string so) =>
        $"自 {since} 至 {time}，条件 `{expression}` 持续成立{(gap.Length > 0 ? $"，其间中断不超过 {gap}" : "")}，达到规则要求的 {wanted}{read}，{so}。";

    public override string Cleared(string expression, bool isClear, string hold, string time, string read, string so) =>
        $"{time}，{(isClear ? $"解除条件 `{expression}` 成立" : $"条件 `{expression}` 不再成立")}{(hold.Length > 0 ? $"，且 {hold} 内无相反数据" : "")}{read}，{so}。";

    public override string Cancelled(string time) => $"{time}，条件在达到规定时长之前已不再成立。";

    public override string RulesChanged(string time) => $"{time}，规则已变更，按原规则产生的告警随之结束。";

    public override string EndedFor(string time, string reason) => $"{time}，告警结束：{(reason == "reset" ? "人工复位" : reason)}。";

    public override string Brackets(string values) => $"（{values}）";
}
