using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>A webhook.</summary>
internal sealed class WebhookDefinition(WebhookOptions options) : ReceiverDefinition
{
    public WebhookOptions Options => options;

    public override string Kind => "webhook";

    /// <summary>Without the query, in which people keep tokens.</summary>
    public override string Address => options.Url.GetLeftPart(UriPartial.Path);

    public override IAlertReceiver Open(ReceiverContext context) => new WebhookReceiver(options, context.Time);
}
