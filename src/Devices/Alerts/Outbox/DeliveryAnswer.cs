namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>A receiver's answer to one attempt.</summary>
/// <param name="Detail">For people: a status, or what the network said. No secrets.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
public readonly record struct DeliveryAnswer(DeliveryVerdict Verdict, string Detail, TimeSpan? RetryAfter = null)
{
    public static DeliveryAnswer Taken(string detail) => new(DeliveryVerdict.Taken, detail);

    public static DeliveryAnswer Unavailable(string detail, TimeSpan? retryAfter = null) => new(DeliveryVerdict.Unavailable, detail, retryAfter);

    public static DeliveryAnswer Refused(string detail) => new(DeliveryVerdict.Refused, detail);
}
