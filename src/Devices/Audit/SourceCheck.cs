using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;

namespace Fengsui.Devices.Audit;

/// <summary>Compares what is on record of the alert log and of the journal with what stands there.</summary>
internal sealed class SourceCheck(string alertDirectory, IReadOnlyList<long> commands, AuditFindings findings) : IDisposable
{
    private readonly AlertLines _lines = new(alertDirectory);
    private readonly long _firstLeft = AlertSegment.List(alertDirectory) is [{ First: var first }, ..] ? first : 1;
    private long _released;
    private int _next;

    /// <summary>Entries of the alert log that were compared.</summary>
    public long AlertEntries { get; private set; }

    /// <summary>The next record, in the order of the files.</summary>
    public void Record(string file, int line, AuditEntry entry)
    {
        var record = entry.Record;
        if (record.Kind == AuditKind.Released)
        {
            _released = Math.Max(_released, Released(record.Detail));
        }
        else if (record.Source == AuditSource.Alerts)
        {
            CompareAlert(file, line, entry);
        }
        else if (record.Source == AuditSource.Journal)
        {
            for (; _next < commands.Count && commands[_next] < record.SourceNumber; _next++)
            {
                findings.Add(AuditFindingKind.Unrecorded, file, line, entry.Sequence, $"the command at journal position {commands[_next]} is not on record; it should stand before record {entry.Sequence}");
            }

            _next += _next < commands.Count && commands[_next] == record.SourceNumber ? 1 : 0;
        }
    }

    /// <summary>What the log lacks at its beginning must be what retention said it would drop.</summary>
    public void Finish(string file)
    {
        if (_firstLeft - 1 > _released)
        {
            findings.Add(AuditFindingKind.AlertLogDiffers, file, 0, 0, $"entries {_released + 1} to {_firstLeft - 1} of the alert log are not there, and no record says that retention dropped them");
        }
    }

    public void Dispose() => _lines.Dispose();

    private void CompareAlert(string file, int line, AuditEntry entry)
    {
        var number = entry.Record.SourceNumber;
        if (number < _firstLeft)
        {
            return;
        }

        var digest = Digest(entry.Record.Detail);
        if (digest.Length == 0 || !TryMoveTo(number, out var found))
        {
            findings.Add(AuditFindingKind.AlertLogDiffers, file, line, entry.Sequence, $"record {entry.Sequence} is about entry {number} of the alert log, which is not there");
            return;
        }

        AlertEntries++;
        if (AuditHash.Of(found[..Math.Max(0, found.LastIndexOf((byte)'\t'))]) != digest)
        {
            findings.Add(AuditFindingKind.AlertLogDiffers, AlertLog.FileName, (int)Math.Min(number, int.MaxValue), entry.Sequence, $"entry {number} of the alert log is not what record {entry.Sequence} took down: it was changed");
        }
    }

    private bool TryMoveTo(long number, out ReadOnlySpan<byte> line)
    {
        line = default;
        return _lines.TryMoveTo(number - 1) && _lines.TryRead(out line);
    }

    private static long Released(ReadOnlyMemory<byte> detail)
    {
        try
        {
            using var document = JsonDocument.Parse(detail);
            return document.RootElement.GetProperty("up_to").GetInt64();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return 0;
        }
    }

    /// <summary>Empty when there is none, or none that can be read.</summary>
    private static string Digest(ReadOnlyMemory<byte> detail)
    {
        try
        {
            using var document = JsonDocument.Parse(detail);
            return document.RootElement.TryGetProperty("sha256", out var digest) ? digest.GetString() ?? "" : "";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
