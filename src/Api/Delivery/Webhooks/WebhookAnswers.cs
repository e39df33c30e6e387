using System.Net;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>What the statuses of HTTP mean for a delivery.</summary>
internal static class WebhookAnswers
{
    public static DeliveryAnswer Judge(HttpResponseMessage answer, DateTimeOffset now)
    {
        var detail = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        if (answer.IsSuccessStatusCode)
        {
            return DeliveryAnswer.Taken(detail);
        }

        return (int)answer.StatusCode switch
        {
            >= 300 and < 400 => DeliveryAnswer.Refused(detail + ": redirects are not followed"),
            >= 400 and < 500 when !IsPassing(answer.StatusCode) => DeliveryAnswer.Refused(detail),
            _ => DeliveryAnswer.Unavailable(detail, RetryAfter(answer, now)),
        };
    }

    /// <summary>These say nothing about what was sent.</summary>
    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 421 or 423 or 425 or 429;

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => null,
    };
}
