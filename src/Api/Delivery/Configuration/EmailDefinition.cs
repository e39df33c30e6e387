using Fengsui.Api.Delivery.Email;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>People who get mails.</summary>
internal sealed class EmailDefinition(EmailOptions options) : ReceiverDefinition
{
    public EmailOptions Options => options;

    public override string Kind => "email";

    public override string Address => $"{string.Join(", ", options.To)} by {options.Host}:{options.Port}";

    public override IAlertReceiver Open(ReceiverContext context) => new EmailReceiver(options, context.Time);
}
