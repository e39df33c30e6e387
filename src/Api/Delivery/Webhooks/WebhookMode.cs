namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>How a webhook carries CloudEvents (HTTP protocol binding 1.0, section 3).</summary>
internal enum WebhookMode : byte
{
    /// <summary>One event a request, with its attributes beside the data in one JSON object.</summary>
    Structured,

    /// <summary>One event a request: the data is the body, the attributes are headers.</summary>
    Binary,

    /// <summary>A JSON array of events.</summary>
    Batch,
}
