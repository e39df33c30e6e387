using Fengsui.Devices.Alerts;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Alerts;

/// <summary>The words of a story, in one language.</summary>
internal sealed record StoryWords(
    string Alert, string Rule, string Version, string Time, string What, string Who, string Detail, string Record, string Why, string Told, string Asked, string Read,
    string NotOnRecord, string NoExplanation, string NobodyTold, bool IsChinese)
{
    private static readonly StoryWords English = new(
        "Alert", "Rule", "version", "TIME", "WHAT", "WHO", "DETAIL", "RECORD", "WHY", "told", "asked", "access",
        "not on record yet", "Why it fired cannot be told any more", "Nobody has been told: no attempt is on record", false);

    private static readonly StoryWords Chinese = new(
        "告警", "规则", "版本", "时间", "事项", "何人", "详情", "审计记录", "原因", "通知", "指令", "访问",
        "尚未记录", "已无法说明触发原因", "无人收到通知：没有任何投递记录", true);

    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public static StoryWords Of(string language) => language == "zh" ? Chinese : English;

    public string TierOf(Tier tier) => IsChinese ? tier.ChineseName() : tier.Name();

    public string StepOf(AlertTransition step) => !IsChinese
        ? step.State.Name() + (step.IsActive ? " " + step.Tier.Name() : "")
        : step.State switch
        {
            AlertState.Firing => "触发 " + step.Tier.ChineseName(),
            AlertState.TierChanged => "级别变为 " + step.Tier.ChineseName(),
            _ => "解除",
        };

    public string EventOf(AlertEvent happened) => IsChinese ? happened.Kind.ChineseName() : happened.Kind.Name();

    public string OutcomeOf(string outcome) => !IsChinese ? outcome : outcome switch
    {
        "delivered" => "已送达",
        "deferred" => "未成功，将重试",
        "failed" => "失败",
        _ => outcome,
    };
}
