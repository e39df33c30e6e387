using System.Text;
using Fengsui.Api.Delivery.Email;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Tests.Delivery;

public sealed class MailTests
{
    [Theory]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("..a\r\n.b", "...a\r\n..b\r\n.\r\n")]
    [InlineData("", ".\r\n")]
    public void A_line_that_begins_with_a_full_stop_gets_another_one(string mail, string sent) =>
        Assert.Equal(sent, Encoding.ASCII.GetString(DotStuffing.Of(Encoding.ASCII.GetBytes(mail))));

    [Fact]
    public void Chinese_headers_are_encoded_words_that_break_between_characters_and_no_value_begins_a_header()
    {
        var line = MailHeaders.Line("Subject", "重大" + new string('罐', 40) + "\r\nBcc: thief@example");
        Assert.Equal(1, line.Split("\r\n").Count(part => !part.StartsWith(' ') && part.Length > 0));
        var words = line["Subject: ".Length..].Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim()).ToArray();
        Assert.All(words, word => Assert.InRange(word.Length, 1, 75));
        Assert.StartsWith("重大罐", string.Concat(words.Select(Decode)), StringComparison.Ordinal);
        Assert.DoesNotContain(words.Select(Decode), word => word.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Equal("Subject: plain\r\n", MailHeaders.Line("Subject", "plain"));
    }

    [Fact]
    public void Several_notices_make_one_digest_with_the_highest_tier_in_its_subject()
    {
        var text = new MailText(MailLanguage.Both);
        Notice[] notices = [Notices.Firing(1, tier: Tier.General), Notices.Overdue(), Notices.Firing(3, "a3", Tier.Significant)];
        Assert.Equal("3 条告警通知，最高级别重大 / 3 alert notices, highest major", text.Subject(notices));
        var body = text.Body(notices);
        Assert.Contains("已逾期", body, StringComparison.Ordinal);
        Assert.Contains("nobody came", body, StringComparison.Ordinal);
        Assert.Contains("a3-1", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_is_used_alone_when_it_is_asked_for()
    {
        Assert.DoesNotContain("规则", new MailText(MailLanguage.English).Body([Notices.Firing()]), StringComparison.Ordinal);
        Assert.DoesNotContain("Rule", new MailText(MailLanguage.Chinese).Body([Notices.Firing()]), StringComparison.Ordinal);
    }

    private static string Decode(string word) => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2]));
}
