using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>
/// Appends what is staged and counts it once it is durable. A slave waits for no acknowledgement, so polling goes on meanwhile: a slow disk
/// must not shift the schedule. Called under the connection's lock.
/// </summary>
internal sealed class CommitCount(SampleIntake intake, SourceConnection report)
{
    private readonly Lock _lock = new();
    private long _position;
    private int _appended;
    private bool _isCounting;

    /// <summary>False when the journal has no room.</summary>
    public bool TryAppend()
    {
        var staged = intake.StagedReadings;
        if (!intake.TryAppend(out var position))
        {
            return false;
        }

        if (staged == 0)
        {
            // Nothing, or dead letters only: no reading to count.
            return true;
        }

        lock (_lock)
        {
            _position = position;
            _appended += staged;
            if (_isCounting)
            {
                return true;
            }

            _isCounting = true;
        }

        _ = CountAsync();
        return true;
    }

    private async Task CountAsync()
    {
        try
        {
            while (TakeAppended(out var position, out var readings))
            {
                await intake.DurableAsync(position).ConfigureAwait(false);
                report.Committed(readings);
            }
        }
        catch (OperationCanceledException)
        {
            // The source stops; what was appended is committed all the same, and nobody counts it here any more.
        }
    }

    private bool TakeAppended(out long position, out int readings)
    {
        lock (_lock)
        {
            (position, readings) = (_position, _appended);
            _appended = 0;
            _isCounting = readings > 0;
            return _isCounting;
        }
    }
}
