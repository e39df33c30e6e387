using Fengsui.Api.Endpoints;

namespace Fengsui.Api.Hosting;

/// <summary>
/// Says in the log when a readiness check stops or starts to hold: who asks nobody reads only the log, and a start that
/// waits for disk space would otherwise look like one that hangs.
/// </summary>
internal sealed class ReadinessWatcher(ReadinessChecks checks, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, string> _failing = [];
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            foreach (var (name, result) in checks.Ask(logger))
            {
                Look(name, result);
            }
        }
    }

    private void Look(string name, ReadinessResult result)
    {
        if (result.IsReady)
        {
            if (_failing.Remove(name))
                Log.ReadyAgain(logger, name);
        }
        else if (_failing.TryAdd(name, result.Detail))
        {
            Log.NotReady(logger, name, result.Detail);
        }
    }
}
