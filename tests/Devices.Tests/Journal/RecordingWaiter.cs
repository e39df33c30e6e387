using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Tests.Journal;

/// <summary>Remembers what it was told.</summary>
internal sealed class RecordingWaiter : ICommitWaiter
{
    private readonly Lock _gate = new();
    private readonly List<long> _positions = [];

    public IReadOnlyList<long> Positions
    {
        get
        {
            lock (_gate)
                return [.. _positions];
        }
    }

    public void OnCommitted(long position)
    {
        lock (_gate)
            _positions.Add(position);
    }
}
