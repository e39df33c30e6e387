using System.Runtime.InteropServices;
using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Replay;

/// <summary>
/// Brings the transitions of all shards into the order of the alert log and shows them, one by one. Nothing waits longer than
/// the shards are apart, which their mailboxes bound.
/// </summary>
internal sealed class OrderedOutlet(int shards, Action<PendingTransition> visit) : ITransitionOutlet
{
    private readonly Lock _lock = new();
    private readonly long[] _passed = new long[shards];
    private readonly List<PendingTransition> _ready = [];
    private List<PendingTransition> _waiting = [];
    private List<PendingTransition> _spare = [];

    public void Passed(int shard, long position, List<PendingTransition> transitions)
    {
        lock (_lock)
        {
            _waiting.AddRange(transitions);
            transitions.Clear();
            _passed[shard] = position;
            if (_waiting.Count > 0)
            {
                Show(_passed.Min());
            }
        }
    }

    private void Show(long low)
    {
        foreach (var pending in _waiting)
        {
            (pending.Position <= low ? _ready : _spare).Add(pending);
        }

        (_waiting, _spare) = (_spare, _waiting);
        _spare.Clear();
        CollectionsMarshal.AsSpan(_ready).Sort(static (a, b) => a.Place.CompareTo(b.Place));
        _ready.ForEach(visit);
        _ready.Clear();
    }
}
