using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>Remembers what it was given, and that the numbers had no hole.</summary>
internal sealed class RecordingSink : IAlertSink
{
    private readonly Lock _lock = new();
    private readonly List<(long Number, AlertEntry Entry)> _published = [];

    public IReadOnlyList<(long Number, AlertEntry Entry)> Published
    {
        get
        {
            lock (_lock)
            {
                return [.. _published];
            }
        }
    }

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        lock (_lock)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                _published.Add((firstNumber + i, entries[i]));
            }
        }
    }
}
