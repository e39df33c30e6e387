using System.Text;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Email;

/// <summary>A whole mail. Its message id follows from the entries, so that a repeat can be recognised.</summary>
internal sealed class MailWriter(EmailOptions options)
{
    private readonly MailText _text = new(options.Language);

    public byte[] Write(IReadOnlyList<Notice> notices, DateTimeOffset now)
    {
        var mail = new StringBuilder()
            .Append(MailHeaders.Line("From", options.From))
            .Append(MailHeaders.Line("To", string.Join(", ", options.To)))
            .Append(MailHeaders.Line("Date", MailHeaders.Date(now)))
            .Append(MailHeaders.Line("Subject", _text.Subject(notices)))
            .Append(MailHeaders.Line("Message-ID", MessageId(notices)))
            .Append(MailHeaders.Line("Auto-Submitted", "auto-generated"))
            .Append(MailHeaders.Line("MIME-Version", "1.0"))
            .Append(MailHeaders.Line("Content-Type", "text/plain; charset=utf-8"))
            .Append(MailHeaders.Line("Content-Transfer-Encoding", "base64"))
            .Append("\r\n");

        // Lines of at most 76 characters whatever the text: no line can be too long, or begin with a full stop.
        mail.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(_text.Body(notices).ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    private string MessageId(IReadOnlyList<Notice> notices)
    {
        var id = new string([.. notices[0].Id.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_')]);
        return $"<{id}.{notices.Count}@{options.From[(options.From.LastIndexOf('@') + 1)..]}>";
    }
}
