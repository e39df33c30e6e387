using Fengsui.Devices.Audit;

namespace Fengsui.Api.Security.Views;

/// <summary>Waits until what was put on record is on the disk, and not for ever.</summary>
internal static class DurableRecord
{
    /// <summary>The audit log writes every few milliseconds; while its disk refuses it tries again without an end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="UnrecordedAccessException">It is not there, and may never be.</exception>
    public static async Task AwaitAsync(IAccessJournal journal, CancellationToken cancellation)
    {
        try
        {
            await journal.DurableAsync(cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception fault) when (fault is IOException or TimeoutException or ObjectDisposedException)
        {
            throw new UnrecordedAccessException(fault);
        }
    }
}
