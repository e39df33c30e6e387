using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Delivery.Mqtt;

/// <summary>Publishes each entry under the tier that it is told by, with QoS 1 and in order; nothing is retained.</summary>
/// <param name="prefix">First levels of <c>…/{tier}/{zone}/{device}</c>.</param>
internal sealed class MqttReceiver(IMqttOutlet outlet, string prefix) : IAlertReceiver
{
    /// <summary>A batch is on its way at a time: 20 are what common brokers take of one client before they have acknowledged the first.</summary>
    private static readonly ReceiverTerms MqttTerms = new() { MaxInFlight = 1, MaxBatch = 20 };

    public ReceiverTerms Terms => MqttTerms;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        try
        {
            var faults = await Task.WhenAll(notices.Select(notice => outlet.PublishAsync(TopicOf(notice), notice.Json, cancellation)));
            return Array.Find(faults, fault => fault is not null) is { } fault ? DeliveryAnswer.Unavailable(fault) : DeliveryAnswer.Taken($"{notices.Count} messages");
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return DeliveryAnswer.Unavailable(broken.Message);
        }
    }

    public Task DurableAsync(CancellationToken cancellation) => outlet.DurableAsync(cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string TopicOf(Notice notice) =>
        notice.Entry is not { } entry ? $"{prefix}/test"
        : entry.IsOfZone ? $"{prefix}/{entry.ToldTier.Name()}/{entry.Zone}"
        : $"{prefix}/{entry.ToldTier.Name()}/{entry.Zone}/{entry.Device}";
}
