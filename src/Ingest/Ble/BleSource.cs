using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Configuration;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Ble.Tcp;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;

namespace Fengsui.Ingest.Ble;

/// <summary>Gateways that hear Bluetooth devices, over MQTT and over TCP, with one book of what was heard.</summary>
internal sealed class BleSource(BleOptions options, SourceContext context) : ISource
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        var report = context.Book.Add(BleOptions.Protocol, options.Name, "all gateways");
        try
        {
            var (keys, token) = await SecretsAsync(report, stopping).ConfigureAwait(false);
            var book = new AdvertBook(options, keys);
            var counters = new CounterStore(book, options, context.Engine, CounterFile());
            await counters.RestoreAsync(stopping).ConfigureAwait(false);
            report.Enter(SourceState.Connected);
            await ServeAsync(book, counters, token, report, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop before it began.
        }
        finally
        {
            context.Book.Remove(report);
        }
    }

    private async Task ServeAsync(AdvertBook book, CounterStore counters, byte[]? token, SourceConnection report, CancellationToken stopping)
    {
        var unlocks = new UnlockQueue(context.Engine, $"{BleOptions.Protocol}/{options.Name}", report);
        PayloadRoute[] routes = [.. options.Topics.Select(topic => new PayloadRoute(topic.Topic, () => new GatewayDecoder(topic.Kind, book, unlocks.Tell, report), report))];
        context.Payloads.Add(routes);
        using var offered = context.SecondTries.Offer(BleOptions.Protocol, options.Name, new GatewaySecondTaker($"{BleOptions.Protocol}/{options.Name}", book, context));
        try
        {
            var listening = options.Listen is { } listen
                ? new TcpSource(listen, new GatewayProtocol(options, token, book, context), context.Book, context.Time).RunAsync(stopping)
                : Task.CompletedTask;
            await Task.WhenAll(listening, unlocks.RunAsync(stopping), SaveAsync(counters, report, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            context.Payloads.Remove(routes);
        }

        await SaveOnceAsync(counters, report).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyDictionary<Codec.BleAddress, byte[]> Keys, byte[]? Token)> SecretsAsync(SourceConnection report, CancellationToken stopping)
    {
        var backoff = new Backoff(FirstRetry, LongestRetry, context.Time);
        while (true)
        {
            try
            {
                return (options.KeysFile is { } keys ? KeyFile.Read(context.ConfigDirectory, keys) : [],
                    options.TokenFile is { } token ? SecretFile.Read(context.ConfigDirectory, token) : null);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Without its keys it would have to believe whatever it hears.
                report.Fail(fault.Message);
                report.Enter(SourceState.BackingOff);
                await backoff.WaitAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task SaveAsync(CounterStore counters, SourceConnection report, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SaveInterval, context.Time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            await SaveOnceAsync(counters, report).ConfigureAwait(false);
        }
    }

    /// <summary>The history stands behind the file, so a disk that does not take it now is no reason to stop.</summary>
    private static async Task SaveOnceAsync(CounterStore counters, SourceConnection report)
    {
        try
        {
            await counters.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            report.Fail($"the counters are not saved: {fault.Message}");
        }
    }

    private string CounterFile() =>
        context.DataDirectory.Length == 0 ? "" : Path.Combine(context.DataDirectory, "ble", $"{Uri.EscapeDataString(options.Name)}.counters");
}
