namespace Fengsui.Devices.Audit;

/// <summary>Follows the alert log by its lines: what is recorded is what stands there, to the byte.</summary>
/// <param name="path">The alert log's file.</param>
/// <param name="durable">How many of its entries are durable.</param>
internal sealed class AlertSource(string path, Func<long> durable) : IAuditSource, IDisposable
{
    private AuditLineReader? _lines;
    private long _read;

    public bool Take(AuditPlaces places, int count, List<AuditRecord> into)
    {
        var end = durable();
        if (places.Alerts >= end)
        {
            return false;
        }

        MoveTo(places.Alerts);
        for (; count > 0 && _read < end && _lines!.TryRead(out var line); count--)
        {
            _read++;
            into.Add(AuditRecords.OfAlertLine(line[..Math.Max(0, line.LastIndexOf((byte)'\t'))], _read));
        }

        return _read < end && into.Count > 0;
    }

    public void Recorded()
    {
    }

    public void Dispose() => _lines?.Dispose();

    /// <summary>Behind the line of that number. What was read and could not be recorded is read again.</summary>
    private void MoveTo(long number)
    {
        if (_lines is null || _read != number)
        {
            _lines?.Dispose();
            _lines = new AuditLineReader(path);
            _read = 0;
        }

        _lines.Extend();
        for (; _read < number && _lines.TryRead(out _); _read++)
        {
        }

        if (_read < number)
        {
            throw new InvalidDataException($"{path} has {_read} whole lines, {number} of them are recorded");
        }
    }
}
