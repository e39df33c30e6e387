namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>
/// Which reports of one terminal say something new about its alarms. A terminal repeats a bit in every report while the condition lasts, or until it
/// is acknowledged; only the first report of a connection and those that differ from the one before become readings.
/// </summary>
internal sealed class AlarmEdges
{
    private long _newestMs = long.MinValue;
    private uint _newest;
    private uint _late;
    private bool _isLateKnown;

    /// <summary>Begins a message. A backlog's alarms are compared among themselves, for what they follow on was another day's.</summary>
    public void BeginMessage() => _isLateKnown = false;

    /// <summary>True when the alarms of this report must be told.</summary>
    /// <param name="timeMs">Of the report.</param>
    /// <param name="alarms">The known bits of its alarm word.</param>
    public bool IsEdge(long timeMs, uint alarms) =>
        timeMs >= _newestMs ? _newestMs == long.MinValue || alarms != _newest : !_isLateKnown || alarms != _late;

    /// <summary>The report was taken; call it for those only, so that an edge in a refused report comes again with the next.</summary>
    public void Take(long timeMs, uint alarms)
    {
        if (timeMs >= _newestMs)
        {
            (_newestMs, _newest) = (timeMs, alarms);
            return;
        }

        (_late, _isLateKnown) = (alarms, true);
    }
}
