using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>What a webhook is told of its receiver.</summary>
internal sealed class WebhookOptions
{
    public required Uri Url { get; init; }

    public required WebhookMode Mode { get; init; }

    public required ReceiverTerms Terms { get; init; }

    /// <summary>Null for requests that are not signed.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>Sent as <c>Authorization: Bearer</c>; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>PEM of the only authorities that are trusted; null for those of the system.</summary>
    public string? AuthorityFile { get; init; }
}
