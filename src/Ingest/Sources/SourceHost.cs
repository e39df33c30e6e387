using Fengsui.Ingest.Sources.Configuration;
using Microsoft.Extensions.Logging;

namespace Fengsui.Ingest.Sources;

/// <summary>Runs the sources of the configuration: starts what is new, ends what is gone, leaves alone what has not changed.</summary>
public sealed partial class SourceHost(SourceContext context) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRestart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRestart = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Protocol, string Name), Running> _running = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    public SourceBook Book => context.Book;

    /// <summary>Puts a catalog without mistakes in force.</summary>
    public async Task ApplyAsync(SourceCatalog catalog)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var wanted = catalog.Sources.ToDictionary(source => (source.Protocol, source.Name));
            var ending = _running
                .Where(one => !wanted.TryGetValue(one.Key, out var source) || source.Fingerprint != one.Value.Definition.Fingerprint)
                .Select(one => one.Key)
                .ToList();
            await EndAsync(ending).ConfigureAwait(false);
            foreach (var source in catalog.Sources.Where(source => !_running.ContainsKey((source.Protocol, source.Name))))
            {
                var stopping = new CancellationTokenSource();
                _running.Add((source.Protocol, source.Name), new Running(source, stopping, Task.Run(() => RunAsync(source, stopping.Token))));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends every source; what each had read is committed or was never acknowledged.</summary>
    public Task StopAsync() => ApplyAsync(new SourceCatalog());

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task EndAsync(List<(string Protocol, string Name)> ending)
    {
        await Task.WhenAll(ending.Select(key => _running[key].Stopping.CancelAsync())).ConfigureAwait(false);
        foreach (var key in ending)
        {
            _running.Remove(key, out var ended);
            await ended!.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Stopping.Dispose();
        }
    }

    /// <summary>A source that fails by a fault of ours must not be silent for ever: it is said, and started again.</summary>
    private async Task RunAsync(SourceDefinition definition, CancellationToken stopping)
    {
        var backoff = new Backoff(FirstRestart, LongestRestart, context.Time);
        var logger = context.Logger("Sources");
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Started(logger, definition.Protocol, definition.Name);
                var source = definition.Open(context);
                using var offered = context.SecondTries.Offer(definition.Protocol, definition.Name, source.SecondTaker);
                await source.RunAsync(stopping).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Failed(logger, definition.Protocol, definition.Name, fault);
                await backoff.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Source {Protocol}/{Name} starts")]
    private static partial void Started(ILogger logger, string protocol, string name);

    [LoggerMessage(2, LogLevel.Error, "Source {Protocol}/{Name} failed and is started again")]
    private static partial void Failed(ILogger logger, string protocol, string name, Exception fault);

    private sealed record Running(SourceDefinition Definition, CancellationTokenSource Stopping, Task Task);
}
