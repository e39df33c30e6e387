using System.Buffers;

namespace Fengsui.Devices.Alerts;

/// <summary>Reads the alert log of a data directory without opening it for writing: also beside the server that writes it.</summary>
public static class AlertLogFile
{
    private const int WriteBytes = 1 << 20;

    /// <summary>Transitions as an alert log of their own.</summary>
    public static void Write(string path, IEnumerable<AlertTransition> transitions)
    {
        using var file = File.Create(path);
        var lines = new ArrayBufferWriter<byte>();
        var chain = new byte[AlertLogEntry.ChainBytes];
        foreach (var transition in transitions)
        {
            AlertLogEntry.Append(lines, transition, chain);
            if (lines.WrittenCount >= WriteBytes)
            {
                file.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
            }
        }

        file.Write(lines.WrittenSpan);
    }

    /// <summary>Every transition, in order, as far as the chain of the lines holds.</summary>
    /// <param name="directory">The folder <c>alerts</c> of a data directory; without it there are none.</param>
    public static IEnumerable<AlertTransition> Read(string directory)
    {
        var path = Path.Combine(directory, AlertLog.FileName);
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var reader = new AlertLogReader(file, RandomAccess.GetLength(file), 0);
        var chain = new byte[AlertLogEntry.ChainBytes];
        while (reader.TryRead(chain, out var transition))
        {
            yield return transition;
        }
    }
}
