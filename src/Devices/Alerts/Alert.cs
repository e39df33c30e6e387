using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>One alert and its entries so far; of very many, the first and the newest. Grows on the alert thread; readers see a prefix.</summary>
public sealed class Alert(AlertTransition first)
{
    private volatile AlertTransition[] _transitions = [];
    private volatile AlertEvent[] _events = [];
    private volatile AlertEntry _newest = first;
    private volatile AlertStatus? _status;

    public string Id { get; } = first.AlertId;

    /// <summary>Empty when it is a zone's.</summary>
    public string Device { get; } = first.Device;

    /// <summary>What it is about: the device, or the zone of a rule about zones.</summary>
    internal (bool IsZone, string Name) Subject { get; } = (first.IsOfZone, first.Subject);

    public long StartTimeMs { get; } = first.StartTimeMs;

    /// <summary>In order; never empty once the alert is in the book.</summary>
    public IReadOnlyList<AlertTransition> Transitions => _transitions;

    public AlertTransition Latest => _transitions.Length == 0 ? first : _transitions[^1];

    /// <summary>What people and time did, in order; of very many, the first and the newest.</summary>
    public IReadOnlyList<AlertEvent> Events => _events;

    /// <summary>What a command must state.</summary>
    public int Version => _newest.Version;

    /// <summary>Where it stands; null when its beginning is not in the log, and for a rule on trial.</summary>
    public AlertStatus? Status => _status;

    /// <summary>Whether it is on people's list: firing, or not closed.</summary>
    public bool IsOpen => _status is { IsClosed: false } || Latest.IsActive;

    /// <summary>Which end of the book's this is, from 1; 0 while it is not over. The book's own.</summary>
    internal long End { get; set; }

    /// <summary>As it stood when it was kept.</summary>
    internal static Alert Of(IReadOnlyList<AlertTransition> transitions, IReadOnlyList<AlertEvent> events, AlertStatus? status) => new(transitions[0])
    {
        _transitions = [.. transitions],
        _events = [.. events],
        _newest = events.Count > 0 && events[^1].Version > transitions[^1].Version ? events[^1] : transitions[^1],
        _status = status,
    };

    internal void Add(AlertEvent happened, int maxEvents)
    {
        var known = _events;
        _events = known.Length < Math.Max(maxEvents, 2) ? [.. known, happened] : [known[0], .. known.AsSpan(2), happened];
        _newest = happened;
        _status = _status is { } status ? AlertFold.After(status, EntryForms.FactOf(happened)) : null;
    }

    internal void Add(AlertTransition transition, int maxTransitions)
    {
        var known = _transitions;
        _transitions = known.Length < Math.Max(maxTransitions, 2)
            ? [.. known, transition]
            : [known[0], .. known.AsSpan(2), transition];
        _newest = transition;
        if (transition is { IsShadow: false, Version: > 0 } && (_status is not null || transition.IsActive))
        {
            _status = AlertFold.After(_status, EntryForms.StepOf(transition), number: 0);
        }
    }
}
