using System.Buffers;
using Fengsui.Devices.Alerts.Storage;

namespace Fengsui.Devices.Alerts;

/// <summary>Reads the alert log of a data directory without opening it for writing: also beside the server that writes it.</summary>
public static class AlertLogFile
{
    private const int WriteBytes = 1 << 20;

    /// <summary>Entries as an alert log of their own.</summary>
    public static void Write(string path, IEnumerable<AlertEntry> entries)
    {
        using var file = File.Create(path);
        var lines = new ArrayBufferWriter<byte>();
        var chain = new byte[AlertLogEntry.ChainBytes];
        AlertEntry? before = null;
        foreach (var entry in entries)
        {
            if (before is not null)
            {
                AlertLogEntry.Append(lines, before, chain, hasMore: before.JournalPosition == entry.JournalPosition);
            }

            before = entry;
            if (lines.WrittenCount >= WriteBytes)
            {
                file.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
            }
        }

        if (before is not null)
        {
            AlertLogEntry.Append(lines, before, chain, hasMore: false);
        }

        file.Write(lines.WrittenSpan);
    }

    /// <summary>What rules did, in order, without what people and time did.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<AlertTransition> ReadTransitions(string directory) => Read(directory).OfType<AlertTransition>();

    /// <summary>Every entry that is left, in order, as far as the chain of the lines holds; of segments that retention has dropped, those of alerts that are not over.</summary>
    /// <param name="directory">The folder <c>alerts</c> of a data directory; without it there are none.</param>
    public static IEnumerable<AlertEntry> Read(string directory) => AlertHistory.Read(directory).Select(one => one.Entry);
}
