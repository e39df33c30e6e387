using System.Text;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Bridge;

/// <summary>
/// A client of an outside broker: takes messages in and gives alerts out. The session at the broker is kept, so what comes while we are away, within the
/// broker's bounds, comes later.
/// </summary>
internal sealed class BridgeSource(BridgeOptions options, SourceContext context) : ISource
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken stopping)
    {
        var report = context.Book.Add(BridgeOptions.Protocol, options.Name, $"{options.Host}:{options.Port}");
        var backoff = new Backoff(FirstRetry, LongestRetry, context.Time);
        var outbox = options.AlertPrefix is { } prefix ? new BridgeOutbox(prefix, context.Engine, CursorFile(), report, context.Time) : null;
        try
        {
            // Before the first connection, which may take long: a bridge tells what happens from when it is there.
            await (outbox?.OpenAsync(stopping) ?? Task.CompletedTask).ConfigureAwait(false);
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    report.Enter(SourceState.Connecting);
                    await ServeAsync(report, outbox, backoff, stopping).ConfigureAwait(false);
                }
                catch (IOException fault)
                {
                    report.Fail(fault.Message);
                }

                report.Enter(SourceState.BackingOff);
                await backoff.WaitAsync(stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop. What was not acknowledged the broker keeps for us.
        }
        finally
        {
            context.Book.Remove(report);
        }
    }

    private async Task ServeAsync(SourceConnection report, BridgeOutbox? outbox, Backoff backoff, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var client = new MqttClient(BridgeLogin.Of(options, context.ConfigDirectory), time: context.Time);
        var isSubscribed = false;
        client.StateChanged += (state, why) => Show(report, state, why, Volatile.Read(ref isSubscribed));
        await client.ConnectAsync(stopping).ConfigureAwait(false);
        await SubscribeAsync(client, stopping).ConfigureAwait(false);
        Volatile.Write(ref isSubscribed, true);
        Show(report, client.State, null, isSubscribed: true);
        backoff.Reset();
        using var link = context.Bridges.Open(options.Name, client, report);
        using var intake = context.Messages.Open(options.Name, BridgeOptions.Protocol, null);
        using var inbox = new BridgeInbox(options, intake, report, ending.Token);
        var receiving = inbox.RunAsync(client);
        var sending = outbox?.RunAsync(client, ending.Token) ?? Task.Delay(Timeout.Infinite, ending.Token);
        var first = await Task.WhenAny(receiving, sending).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        throw new IOException($"the connection ended for good: {client.LastDisconnect}");
    }

    private async Task SubscribeAsync(MqttClient client, CancellationToken stopping)
    {
        if (options.Routes.Count == 0)
        {
            return;
        }

        var answers = await client.SubscribeAsync([.. options.Routes.Select(route => new MqttSubscription(route.Filter, new SubscriptionOptions(route.Qos)))], stopping).ConfigureAwait(false);
        var refused = new StringBuilder();
        for (var i = 0; i < options.Routes.Count; i++)
        {
            if (i >= answers.Count || answers[i] >= ReasonCode.UnspecifiedError)
            {
                refused.Append(refused.Length > 0 ? ", " : "").Append(options.Routes[i].Filter);
            }
        }

        if (refused.Length > 0)
        {
            throw new IOException($"the broker refused to subscribe us to {refused}");
        }
    }

    /// <summary>Connected means that messages come: what is published before the broker has our subscriptions does not.</summary>
    private static void Show(SourceConnection report, MqttClientState state, MqttDisconnect? why, bool isSubscribed)
    {
        if (why is not null && state != MqttClientState.Closed)
        {
            report.Fail(why.ToString()!);
        }

        report.Enter(state switch
        {
            MqttClientState.Connected when isSubscribed => SourceState.Connected,
            MqttClientState.Reconnecting => SourceState.BackingOff,
            _ => SourceState.Connecting,
        });
    }

    private string CursorFile() => Path.Combine(context.DataDirectory, "bridges", $"{Uri.EscapeDataString(options.Name)}.cursor");
}
