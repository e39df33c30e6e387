using System.Globalization;
using Fengsui.Api.Security;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Alerts;

/// <summary>The words of a story, in one language.</summary>
internal sealed record StoryWords(
    string Alert, string Rule, string Version, string Time, string What, string Who, string Detail, string Record, string Why, string Told, string Asked, string Read,
    string NotOnRecord, string NoExplanation, string NoReceiver, string Published, string Subscribers, string NoKey, bool IsChinese)
{
    private static readonly StoryWords English = new(
        "Alert", "Rule", "version", "TIME", "WHAT", "WHO", "DETAIL", "RECORD", "WHY", "told", "asked", "access",
        "not on record yet", "Why it fired cannot be told any more", "No receiver has been told: no attempt is on record. To whom the topics and streams above brought it is not recorded",
        "published", "(subscribers are not recorded)", Caller.NoKey, false);

    private static readonly StoryWords Chinese = new(
        "告警", "规则", "版本", "时间", "事项", "何人", "详情", "审计记录", "原因", "通知", "指令", "访问",
        "尚未记录", "已无法说明触发原因", "没有向任何接收方投递的记录。上列主题和事件流由谁订阅不作记录",
        "已发布", "（不记录订阅者）", "无密钥（本机）", true);

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

    /// <summary>Topics and streams, with how the entry is found there.</summary>
    public string PlacesOf(AlertPublication publication)
    {
        var topics = publication.Topics.Count > 0 ? string.Join(", ", publication.Topics) : IsChinese ? "主题未记录" : "topics are not on record";
        var stream = publication.EventNumber == 0 ? "" : (IsChinese ? "；事件流 " : "; event ") + publication.EventNumber.ToString(CultureInfo.InvariantCulture) + (IsChinese ? " 号" : " of /api/v1/alerts/stream");
        return $"MQTT {topics}{stream}";
    }

    public string OutcomeOf(string outcome) => !IsChinese ? outcome : outcome switch
    {
        "delivered" => "已送达",
        "deferred" => "未成功，将重试",
        "failed" => "失败",
        _ => outcome,
    };
}
