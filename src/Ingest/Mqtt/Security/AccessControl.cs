namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>The list in force. Replacing it changes <see cref="Version"/>, by which cached decisions know that they are old.</summary>
public sealed class AccessControl(TopicAccessList list)
{
    private volatile TopicAccessList _list = list;
    private int _version;

    public int Version => Volatile.Read(ref _version);

    public TopicAccessList Current => _list;

    public void Replace(TopicAccessList list)
    {
        _list = list;
        Interlocked.Increment(ref _version);
    }
}
