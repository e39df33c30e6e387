using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Delivery.Email;

/// <summary>What people read of entries: one line for the subject, a paragraph for each entry.</summary>
internal sealed class MailText(MailLanguage language)
{
    public string Subject(IReadOnlyList<Notice> notices)
    {
        if (notices.Count > 1)
        {
            var highest = notices.Max(TierOf);
            return Both($"{notices.Count} alert notices, highest {highest.Name()}", $"{notices.Count} 条告警通知，最高级别{highest.ChineseName()}");
        }

        var notice = notices[0];
        return notice.IsTest
            ? Both("[TEST] Fengsui", "［测试］烽燧")
            : Both($"[{TierOf(notice).Name()}] {notice.Facts.State}: {notice.Facts.Rule}, {notice.Subject}", $"［{TierOf(notice).ChineseName()}］{StateZh(notice)}：{notice.Subject}");
    }

    public string Body(IReadOnlyList<Notice> notices)
    {
        var text = new StringBuilder();
        foreach (var notice in notices)
        {
            if (language != MailLanguage.English)
            {
                Chinese(text, notice);
            }

            if (language != MailLanguage.Chinese)
            {
                English(text, notice);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void English(StringBuilder text, Notice notice)
    {
        if (!notice.IsTest)
        {
            text.Append($"{AlertJson.Time(notice.TimeMs)}  {TierOf(notice).Name()}  {notice.Facts.State}\n");
            text.Append($"Rule {notice.Facts.Rule}, zone {notice.Facts.Zone}{(notice.Facts.Device.Length > 0 ? ", device " + notice.Facts.Device : "")}\n");
        }

        Add(text, "", notice.Annotations.GetValueOrDefault("summary"));
        Add(text, "Due: ", notice.Entry?.DueMs is { } due ? AlertJson.Time(due) : null);
        Add(text, "Note: ", (notice.Entry as AlertEvent)?.Note);
        Add(text, "Alert ", notice.IsTest ? null : $"{notice.AlertId}, notice {notice.Id}");
    }

    private static void Chinese(StringBuilder text, Notice notice)
    {
        if (!notice.IsTest)
        {
            text.Append($"{AlertJson.Time(notice.TimeMs)}  {TierOf(notice).ChineseName()}  {StateZh(notice)}\n");
            text.Append($"规则 {notice.Facts.Rule}，区域 {notice.Facts.Zone}{(notice.Facts.Device.Length > 0 ? "，设备 " + notice.Facts.Device : "")}\n");
        }

        Add(text, "", notice.Annotations.GetValueOrDefault("summary_zh"));
        Add(text, "办理期限：", notice.Entry?.DueMs is { } due ? AlertJson.Time(due) : null);
        Add(text, "备注：", (notice.Entry as AlertEvent)?.Note);
    }

    private static void Add(StringBuilder text, string head, string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            text.Append(head).Append(line.ReplaceLineEndings(" ")).Append('\n');
        }
    }

    private static Tier TierOf(Notice notice) => notice.Entry?.ToldTier ?? Tier.None;

    private static string StateZh(Notice notice) => notice.Entry switch
    {
        AlertEvent happened => happened.Kind.ChineseName(),
        AlertTransition { State: AlertState.Firing } => "触发",
        AlertTransition { State: AlertState.Resolved } => "解除",
        AlertTransition => "级别变化",
        _ => "测试",
    };

    private string Both(string english, string chinese) => language switch
    {
        MailLanguage.English => english,
        MailLanguage.Chinese => chinese,
        _ => $"{chinese} / {english}",
    };
}
