namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>Somebody outside who is told of alerts.</summary>
public interface IAlertReceiver : IAsyncDisposable
{
    ReceiverTerms Terms { get; }

    /// <summary>
    /// Tells the receiver and waits for its answer. Entries of one alert stand in their order. Called from as many tasks at a time as the
    /// terms allow, never for the same alert. What the network does is an answer, not an exception.
    /// </summary>
    /// <param name="notices">From one to as many as the terms allow. They stay as they are.</param>
    /// <param name="cancellation">Fires at the time-out, and when the server stops.</param>
    Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation);

    /// <summary>Completes when what it has taken before the call survives a crash of this process: only then may a cursor pass it. At once for those that are outside.</summary>
    Task DurableAsync(CancellationToken cancellation) => Task.CompletedTask;
}
