using Fengsui.Devices.Records;

namespace Fengsui.Devices.RuleSets;

/// <summary>Which of the newest versions came of which request. Read from the versions that are kept when it is first asked. Not thread-safe.</summary>
internal sealed class RuleSetCommands(VersionStore versions)
{
    /// <summary>Versions back from the newest whose requests are known: a repeat of an older one is taken for a new request.</summary>
    public const int MaxVersions = 200;

    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private bool _isRead;

    /// <summary>The version that the request made; null when it made none that is known.</summary>
    public RuleSetRecord? Find(RuleSetCommand command)
    {
        if (command.Id.Length == 0)
        {
            return null;
        }

        Read();
        return _versions.TryGetValue(command.Id, out var version) ? versions.Find(version) : null;
    }

    public void Add(RuleSetRecord record)
    {
        if (_isRead && record.Command.Id.Length > 0)
        {
            Keep(record);
        }
    }

    private void Read()
    {
        if (_isRead)
        {
            return;
        }

        _isRead = true;
        foreach (var record in versions.Numbers().TakeLast(MaxVersions).Select(versions.Find).OfType<RuleSetRecord>().Where(record => record.Command.Id.Length > 0))
        {
            Keep(record);
        }
    }

    private void Keep(RuleSetRecord record)
    {
        if (_versions.TryAdd(record.Command.Id, record.Version))
        {
            _order.Enqueue(record.Command.Id);
        }

        if (_order.Count > MaxVersions)
        {
            _versions.Remove(_order.Dequeue());
        }
    }
}
