namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>Keeps lasting sessions over a crash. A subscription of such a session is acknowledged when it is kept.</summary>
public interface ISessionKeeper
{
    /// <summary>Calls <paramref name="then"/>, on another thread, when what sessions hold now is durable, or has turned out not to be writable. Any thread; does not block.</summary>
    void WhenKept(Action then);
}
