using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>Remembers what it was given, and that the numbers had no hole.</summary>
internal sealed class RecordingSink : IAlertSink
{
    private readonly Lock _lock = new();
    private readonly List<(long Number, AlertTransition Transition)> _published = [];

    public IReadOnlyList<(long Number, AlertTransition Transition)> Published
    {
        get
        {
            lock (_lock)
            {
                return [.. _published];
            }
        }
    }

    public void Publish(long firstNumber, IReadOnlyList<AlertTransition> transitions, AlertBook book)
    {
        lock (_lock)
        {
            for (var i = 0; i < transitions.Count; i++)
            {
                _published.Add((firstNumber + i, transitions[i]));
            }
        }
    }
}
