using System.Net.Sockets;
using System.Security.Authentication;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Email;

/// <summary>Tells people by mail. What comes while a mail is under way, or soon after one, is told in one mail together.</summary>
internal sealed class EmailReceiver(EmailOptions options, TimeProvider time) : IAlertReceiver
{
    private readonly SmtpDialogue _dialogue = new(options);
    private readonly MailWriter _writer = new(options);

    public ReceiverTerms Terms => options.Terms;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        try
        {
            return DeliveryAnswer.Taken(await _dialogue.DeliverAsync(_writer.Write(notices, time.GetUtcNow()), cancellation));
        }
        catch (SmtpException refused)
        {
            return refused.IsPermanent ? DeliveryAnswer.Refused(refused.Message) : DeliveryAnswer.Unavailable(refused.Message);
        }
        catch (Exception unreachable) when (unreachable is IOException or SocketException or AuthenticationException)
        {
            return DeliveryAnswer.Unavailable(unreachable.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
