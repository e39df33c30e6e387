namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Topic aliases towards one client: the first topics get one each, and keep it as long as the connection lives (3.3.2.3.4).</summary>
internal sealed class OutgoingAliases(int maximum)
{
    private readonly Dictionary<string, ushort> _aliases = new(StringComparer.Ordinal);

    /// <summary>The alias the next new topic will get; 0 when all are given.</summary>
    public ushort Next => _aliases.Count < maximum ? (ushort)(_aliases.Count + 1) : (ushort)0;

    public bool TryGet(string topic, out ushort alias) => _aliases.TryGetValue(topic, out alias);

    public void Add(string topic)
    {
        if (Next != 0) _aliases.Add(topic, Next);
    }
}
