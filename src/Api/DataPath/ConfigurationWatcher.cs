namespace Fengsui.Api.DataPath;

/// <summary>
/// Looks at the configuration directory once a second and applies it when it has been changed and then left alone for
/// a second: an editor's half-written file is not taken. Polling, since notifications are missing on network shares. A
/// directory that has gone changes nothing.
/// </summary>
internal sealed class ConfigurationWatcher(
    ConfigurationApplier applier, string directory, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var applied = ConfigFiles.Stamp(directory);
        var seen = applied;
        var isGone = false;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            try
            {
                var wasGone = isGone;
                isGone = applied.Length > 0 && !Directory.Exists(directory);
                if (isGone)
                {
                    // A share that is away for a moment must not end alerts, as a change of the rules does.
                    if (!wasGone)
                    {
                        DataPathLog.ConfigurationGone(logger, directory);
                    }

                    continue;
                }

                var stamp = ConfigFiles.Stamp(directory);
                if (stamp != applied && stamp == seen)
                {
                    await applier.ApplyAsync(_stopping.Token);
                    applied = stamp;
                }

                seen = stamp;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                DataPathLog.ConfigurationUnreadable(logger, directory, unreadable);
            }
        }
    }
}
