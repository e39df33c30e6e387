namespace Fengsui.Devices.Alerts;

/// <summary>The commands that were accepted last, by their ids: one that is sent again gets the same answer. A fold of the log.</summary>
internal sealed class CommandMemory
{
    /// <summary>A command that is sent again after this many others is decided anew; the version that it states then speaks against it.</summary>
    private const int MaxCommands = 10_000;

    private readonly Dictionary<string, AlertEvent> _accepted = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(AlertEvent happened)
    {
        if (happened.CommandId.Length > 0 && _accepted.TryAdd(happened.CommandId, happened))
        {
            _order.Enqueue(happened.CommandId);
            if (_order.Count > MaxCommands)
            {
                _accepted.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AlertEvent> All() => [.. _order.Select(id => _accepted[id])];

    public AlertEvent? Find(string commandId) => _accepted.GetValueOrDefault(commandId);
}
