namespace Fengsui.Devices.Audit;

/// <summary>Follows the alert log by its lines: what is recorded is what stands there, to the byte.</summary>
/// <param name="directory">The alert log's folder.</param>
/// <param name="durable">How many of its entries are durable.</param>
internal sealed class AlertSource(string directory, Func<long> durable) : IAuditSource, IDisposable
{
    private readonly AlertLines _lines = new(directory);

    public bool Take(AuditPlaces places, int count, List<AuditRecord> into)
    {
        var end = durable();
        if (places.Alerts >= end)
        {
            return false;
        }

        MoveTo(places.Alerts);
        for (; count > 0 && _lines.Number < end && _lines.TryRead(out var line); count--)
        {
            into.Add(AuditRecords.OfAlertLine(line[..Math.Max(0, line.LastIndexOf((byte)'\t'))], _lines.Number));
        }

        return _lines.Number < end && into.Count > 0;
    }

    public void Recorded()
    {
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Behind the line of that number. What was read and could not be recorded is read again.</summary>
    private void MoveTo(long number)
    {
        if (_lines.Number != number && !_lines.TryMoveTo(number))
        {
            throw new InvalidDataException($"the alert log in {directory} has no whole line {number} to go on from, though it is recorded");
        }
    }
}
